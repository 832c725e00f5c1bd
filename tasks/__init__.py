"""Prefect tasks: one for each stage.

This folder is the package ``mtclean.tasks``.
"""
