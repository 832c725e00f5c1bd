"""``python -m mtclean.cli``."""

from mtclean.cli import main

main()
