"""Rules and checkers that other packages bring, each in a process of its own."""

from mtclean.plugins.checker import Checker
from mtclean.plugins.host import Plugged, PluginCheck, plugged
from mtclean.plugins.installed import GROUP, installed

__all__ = ["GROUP", "Checker", "Plugged", "PluginCheck", "installed", "plugged"]
