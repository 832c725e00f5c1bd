"""The server of the review pages."""
