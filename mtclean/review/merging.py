"""Decisions that several people took on one document, made one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mtclean.text import Decision


@dataclass(frozen=True, slots=True)
class Merged:
    """What people decided together, by id, and the *conflicts*: decisions that differ on the same thing.

    What is in conflict is decided by nobody.
    """

    decisions: dict[str, Decision]
    conflicts: tuple[tuple[Decision, ...], ...]


def merged(
    before: Mapping[str, Decision], taken: Sequence[Mapping[str, Decision | None]]
) -> Merged:
    """What was decided *before*, with what each of several people has *taken* since; None takes a decision back.

    What somebody left as it was before is nothing they took.  Who decides otherwise than another person, by name, did
    before is in conflict with them, as if both files had come at once.  Of decisions that say the same the first holds, and a
    decision goes before a comment.
    """
    decisions: dict[str, Decision] = dict(before)
    conflicts: list[tuple[Decision, ...]] = []
    for id in dict.fromkeys(id for own in taken for id in own):
        said = [own[id] for own in taken if id in own and own[id] != before.get(id)]
        if not said:
            continue
        different = _of_others(before.get(id), said)
        for decision in filter(None, said):
            if decision.decides and not any(decision.says_what(one) for one in different):
                different.append(decision)
        if len(different) > 1:
            conflicts.append(tuple(different))
            decisions.pop(id, None)
        elif different:
            decisions[id] = different[0]
        elif any(said):
            decisions.setdefault(id, next(filter(None, said)))
        else:
            decisions.pop(id, None)
    return Merged(decisions, tuple(conflicts))


def _of_others(before: Decision | None, said: Sequence[Decision | None]) -> list[Decision]:
    """What was decided *before* by somebody of another name than those who decide now; empty where nothing was."""
    if before is None or not before.decides or not before.by:
        return []
    names = {decision.by for decision in said if decision and decision.decides and decision.by}
    return [before] if names - {before.by} else []
