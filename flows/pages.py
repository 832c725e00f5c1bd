"""What Prefect's pages show of a run: who does it, how far it is, how each document did.

Artifacts are the index; the reports on disk are the truth.
"""

from __future__ import annotations

import os
import re
import shlex
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path, PurePath
from urllib.parse import quote

import psutil
from prefect import tags
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateType,
    TaskRunFilter,
    TaskRunFilterState,
    TaskRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.context import TagsContext
from prefect.runtime import flow_run
from prefect.states import Crashed

from mtclean.documents import this_process
from mtclean.pipeline.outcomes import Outcome, Run, Status
from mtclean.report import badness, markdown_summary
from mtclean.report.markdown import escaped
from mtclean.report.visible import shown

FLOW = "mtclean"
ROWS = 500
"""Documents in an artifact; a larger run shows the worst of them."""

_UNFINISHED = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
_TASKS = TaskRunFilter(state=TaskRunFilterState(type=TaskRunFilterStateType(any_=_UNFINISHED)))
_EVERY = 2.0  # seconds between two updates of the progress artifact
_HOLDER = re.compile(r"process (\d+) on (.+)")


def ours() -> AbstractContextManager[object]:
    """Runs begun inside carry this process's name from their first moment, whenever they are killed."""
    return tags(this_process())


@contextmanager
def claimed() -> Iterator[None]:
    """Tag this run with its process, and mark runs of this machine as crashed that have none.

    A run that is killed cannot say so, and one that is stopped may end before Prefect has written down that its
    tasks did; without this they would be shown as running for ever.

    Tasks begun inside have no tags: each is a concurrency limit that Prefect asks its server for,
    and on a busy one that took 2 s a batch (measured, Prefect 3.8.8).
    """
    with get_client(sync_client=True) as client:
        me = client.read_flow_run(flow_run.id)
        client.update_flow_run(flow_run.id, tags=sorted({*me.tags, this_process()}))
        for other in _unfinished(client):
            if other.id != me.id and _is_gone(other):
                _bury(client, other)
    with TagsContext():
        yield


def _unfinished(client: SyncPrefectClient) -> list[FlowRun]:
    """Our runs that are not shown as ended, or have a task that is not."""
    of_ours = FlowFilter(name=FlowFilterName(any_=[FLOW]))
    tasks = client.read_task_runs(flow_filter=of_ours, task_run_filter=_TASKS)
    with_tasks = FlowRunFilterId(
        any_=list({task.flow_run_id for task in tasks if task.flow_run_id})
    )
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNFINISHED))
    return [
        *client.read_flow_runs(flow_filter=of_ours, flow_run_filter=FlowRunFilter(state=state)),
        *client.read_flow_runs(flow_run_filter=FlowRunFilter(id=with_tasks)),
    ]


def _is_gone(run: FlowRun) -> bool:
    """Whether the run was of a process of this machine that is no more."""
    begun = run.start_time or run.created
    for tag in run.tags:
        if (holder := _HOLDER.fullmatch(tag)) and tag.endswith(this_process().partition(" on ")[2]):
            try:
                process = psutil.Process(int(holder[1]))
                return begun is not None and process.create_time() > begun.timestamp()
            except psutil.NoSuchProcess:
                return True
            except psutil.Error:
                return False
    return False


def _bury(client: SyncPrefectClient, run: FlowRun) -> None:
    state: State[None] = Crashed(message="its process ended without a word")
    tasks = client.read_task_runs(
        flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run.id])),
        task_run_filter=_TASKS,
    )
    for task_run in tasks:
        client.set_task_run_state(task_run.id, state, force=True)
    if run.state is None or not run.state.is_final():
        client.set_flow_run_state(run.id, state, force=True)


@contextmanager
def progress(documents: int) -> Iterator[Callable[[float], None]]:
    """An artifact that says how far the run is; call what it yields with the documents done.

    One that some of the stages are done with counts as a part.
    """
    artifact = create_progress_artifact(
        0.0 if documents else 100.0, key="mtclean-progress", description=f"{documents} documents"
    )
    told = time.monotonic()

    def tell(done: float) -> None:
        nonlocal told
        if documents and (done >= documents or time.monotonic() - told > _EVERY):
            told = time.monotonic()
            update_progress_artifact(artifact, min(100, 100 * done / documents))  # type: ignore[arg-type]

    yield tell


def publish(run: Run, output: Path, served: str = "") -> None:
    """Put the run's summary and a table of its documents, worst first, where the pages show it.

    Their links lead to *served*, which is where a browser finds the folder *output*: from a page of a server it opens no
    file.  Without it the page says how to read the reports.
    """
    listed = sorted(run.outcomes, key=_badness)[:ROWS]
    create_table_artifact(
        [_row(outcome) for outcome in listed],
        key="mtclean-documents",
        description=f"{run.in_words}; the worst first",
    )
    rows = [(o.summary, _address(o.report, output, served)) for o in listed if o.summary]
    text = markdown_summary(rows)
    if not served:
        command = f"mtclean review --output {shlex.quote(str(output.resolve()))}"
        text = f"To read the reports: {escaped(command)}\n\n{text}"
    troubles = [o for o in listed if o.status in (Status.SKIPPED, Status.FAILED)]
    if troubles:
        lines = "\n".join(
            f"- {o.status.value}: {escaped(f'{o.path}: {o.message}')}" for o in troubles
        )
        text = f"**Not cleaned**\n\n{lines}\n\n{text}"
    create_markdown_artifact(
        text, key="mtclean-summary", description="What the run changed and found"
    )


def _address(report: str, output: Path, served: str) -> str:
    """Where a browser finds a *report*; empty where it does not."""
    if not (report and served):
        return ""
    path = PurePath(os.path.relpath(report, output)).as_posix()
    return f"{served.rstrip('/')}/{quote(path, errors='surrogateescape')}"


def _badness(outcome: Outcome) -> tuple[int, float, str]:
    """A key that puts what a person should look at first in front."""
    order = (Status.FAILED, Status.SKIPPED, Status.CLEANED, Status.UNCHANGED)
    bad = badness(outcome.summary) if outcome.summary else (101.0, 0, "")
    return order.index(outcome.status), bad[0], outcome.path


def _messages(outcome: Outcome) -> Iterator[str]:
    """What there is to know of a document beside its figures."""
    summary = outcome.summary
    if outcome.message:
        yield outcome.message
    if summary:
        yield from summary.warnings
    if summary and summary.coverage:
        yield summary.coverage


def _row(outcome: Outcome) -> dict[str, str]:
    summary = outcome.summary
    return {
        "Document": shown(summary.name if summary else outcome.path),
        "State": outcome.status.value,
        "Score": summary.score_in_words if summary else "",
        "Fixed": str(sum(summary.changes.values())) if summary else "",
        "Suggested": str(sum(summary.suggested.values())) if summary else "",
        "Findings": str(sum(summary.findings.values())) if summary else "",
        "Words": f"{summary.words:,}" if summary else "",
        "Messages": shown("; ".join(_messages(outcome))),
    }
