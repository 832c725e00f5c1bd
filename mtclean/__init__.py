"""Clean machine-translated and scraped text, and review every change.

The engine and the command line.  ``text`` knows nothing of the others, ``pipeline`` is the job on one
document, and ``flows`` and ``tasks`` are the Prefect flows and tasks around it.
"""

__version__ = "0.1.0"
