"""What a unit is in others, for units that translators convert.

Source: NIST Special Publication 811, appendix B.
"""

from __future__ import annotations

_LENGTH = {
    "kilometer": 1000.0, "meter": 1.0, "centimeter": 0.01, "millimeter": 0.001, "mile": 1609.344, "yard": 0.9144,
    "foot": 0.3048, "inch": 0.0254, "nautical-mile": 1852.0,
}  # fmt: skip
_AREA = {
    "square-kilometer": 1e6, "hectare": 1e4, "square-meter": 1.0, "square-mile": 2589988.110336,
    "acre": 4046.8564224, "square-foot": 0.09290304,
}  # fmt: skip
_MASS = {
    "tonne": 1000.0, "kilogram": 1.0, "gram": 0.001, "milligram": 1e-6, "stone": 6.35029318,
    "pound": 0.45359237, "ounce": 0.028349523125,
}  # fmt: skip
_VOLUME = {
    "cubic-meter": 1000.0, "liter": 1.0, "centiliter": 0.01, "milliliter": 0.001, "gallon": 3.785411784,
    "pint": 0.473176473, "barrel": 158.987294928,
}  # fmt: skip
_SPEED = {
    "kilometer-per-hour": 1 / 3.6, "mile-per-hour": 0.44704, "meter-per-second": 1.0, "knot": 1852 / 3600,
}  # fmt: skip
_TIME = {
    "century": 36525 * 86400.0, "decade": 3652.5 * 86400, "year": 365.25 * 86400, "month": 30.4375 * 86400,
    "week": 7 * 86400.0, "day": 86400.0, "hour": 3600.0, "minute": 60.0, "second": 1.0, "millisecond": 0.001,
}  # fmt: skip
_POWER = {"gigawatt": 1e9, "megawatt": 1e6, "kilowatt": 1e3, "watt": 1.0}
_STORAGE = {"terabyte": 1e12, "gigabyte": 1e9, "megabyte": 1e6, "kilobyte": 1e3}
_SHARE = {"percent": 1.0, "permille": 0.1}
_DEGREES = {"celsius": 1.0, "fahrenheit": 1.0, "generic": 1.0}

_DIMENSIONS = (
    _LENGTH, _AREA, _MASS, _VOLUME, _SPEED, _TIME, _POWER, _STORAGE, _SHARE, _DEGREES,
)  # fmt: skip

TOLERANCE = 0.07
"""How far a converted number may be off: translators round (10 inches, 25 cm)."""


def dimension(unit: str) -> int:
    """The number of what *unit* measures; -1 where it is not known."""
    return next((n for n, units in enumerate(_DIMENSIONS) if unit in units), -1)


def converted(value: float, unit: str, into: str) -> float | None:
    """*value* of *unit* in the unit *into*; nothing where they do not measure the same."""
    if {unit, into} == {"celsius", "fahrenheit"}:
        return value * 1.8 + 32 if unit == "celsius" else (value - 32) / 1.8
    for units in _DIMENSIONS:
        if unit in units and into in units:
            return value * units[unit] / units[into]
    return None


def is_conversion(value: float, unit: str, other: float, into: str) -> bool:
    """Whether *other* of the unit *into* is *value* of *unit*, rounded as translators do."""
    if {unit, into} <= _DEGREES.keys() and "generic" in (unit, into):
        return _is_temperature(value, other) or _is_temperature(other, value)
    right = converted(value, unit, into)
    return (
        unit != into
        and right is not None
        and abs(right - other) <= max(TOLERANCE * abs(right), 0.0051)
    )


def _is_temperature(celsius: float, fahrenheit: float) -> bool:
    """Whether the two are the same temperature, or the same difference of temperatures."""
    return abs(celsius * 1.8 + 32 - fahrenheit) <= 2 or abs(celsius * 1.8 - fahrenheit) <= 1
