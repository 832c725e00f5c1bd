"""The rooms of the house: one package per stage, each with plain functions inside.

``text`` knows nothing of the others; every other room builds on it.  Nothing here imports Prefect:
``flows`` puts the doors (tasks and flows) around these functions.
"""
