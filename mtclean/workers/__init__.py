"""Processes and threads that work on documents side by side."""
