"""The job on one document, stage by stage, with its options and what came of it."""
