"""The doors of the house: the Prefect flow, its schedule, and the command line.

``flows.stages`` is the job on one document, ``flows.clean`` the job on many under Prefect, and
``flows.cli`` what people type.
"""

__version__ = "0.1.0"
