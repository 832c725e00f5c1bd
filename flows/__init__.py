"""Prefect flows: the job on many documents, and its schedule.

This folder is the package ``mtclean.flows``.
"""
