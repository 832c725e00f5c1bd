"""LanguageTool itself: its installation, its server and what is asked of it."""
