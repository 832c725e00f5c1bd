"""What Prefect shows of the flow's parameters: made from the settings, each with its type and what it is."""

from __future__ import annotations

import pytest

from mtclean.pipeline.settings import RunSettings


@pytest.fixture
def shown() -> dict[str, dict[str, object]]:
    # Not above: Prefect settles its server's address when it is imported, other tests set it first.
    from mtclean.flows.clean import clean

    properties: dict[str, dict[str, object]] = clean.parameters.model_dump()["properties"]
    return properties


def test_each_setting_is_a_parameter_that_is_explained(shown: dict[str, dict[str, object]]) -> None:
    assert list(shown) == ["paths", "output", *RunSettings.model_fields]
    explained = {name: shown[name].get("description") for name in RunSettings.model_fields}
    assert explained == {
        name: field.description for name, field in RunSettings.model_fields.items()
    }


def test_choices_and_limits_are_the_settings_own(shown: dict[str, dict[str, object]]) -> None:
    assert shown["runner"]["default"] == "processes"
    assert "$ref" in str(shown["runner"]), "a list to choose from"
    assert "'minimum': 1" in str(shown["workers"])
