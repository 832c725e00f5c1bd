"""Prefect tasks: one for each stage, and ``clean_text`` for flows of the user's own.

This folder is the package ``mtclean.tasks``.
"""
