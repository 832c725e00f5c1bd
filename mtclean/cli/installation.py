"""``mtclean setup``: everything that needs the network, once."""

from __future__ import annotations

from mtclean.cli.application import note
from mtclean.trouble import Exit, Trouble


def setup() -> None:
    """Download LanguageTool and prepare Prefect's database, so that later runs work offline."""
    from mtclean.grammar import install

    install()
    from mtclean.flows import settings
    from mtclean.flows.embedded import check_home

    settings.set_ours()
    check_home()
    if not settings.prepare_database():
        raise Trouble("Prefect's database could not be made", Exit.NO_SERVER)
    note("Ready: LanguageTool is installed and Prefect's database is in place.")
