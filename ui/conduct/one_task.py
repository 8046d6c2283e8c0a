"""The one task under way: work in the background, its progress in the step that it belongs to, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt import sip

from ...errors import DrieluikError
from ..steps.step import Step
from ..widgets.words import tr
from ..work.tasks import Work
from .teller import Teller


class OneTask:
    """Runs one task at a time; ``refresh()`` is called when one starts, and after each, whether it went well or not."""

    def __init__(self, steps: Iterable[Step], teller: Teller, refresh: Callable[[], None]) -> None:
        self.teller, self._refresh = teller, refresh
        self._task: Work | None = None
        for step in steps:
            step.cancel_asked.connect(self.cancel)

    @property
    def busy(self) -> bool:
        """Whether a task is under way."""
        return self._task is not None

    def free(self) -> bool:
        """Whether a task can start now; when not, that is told."""
        if self.busy:
            self.teller.warn(tr("Drieluik is still working; wait or cancel."))
        return not self.busy

    def start(self, step: Step, title: str, work: Any, done: Callable[[Any], None], failed: Callable[[DrieluikError], None] | None = None) -> None:
        """Start ``work(progress)`` in the background, shown in a step; ``done(result)`` is called when it went well, ``failed(error)`` when it did
        not or was stopped, before that is told."""
        if not self.free():
            return

        def end() -> None:
            self._task = None
            step.busy(False)

        def finished(result: Any) -> None:
            if not shown():
                return
            end()
            done(result)
            self._refresh()

        def ended_badly(error: DrieluikError) -> None:
            if not shown():
                return
            end()
            if failed is not None:
                failed(error)
            self._refresh()
            self.teller.complain(error)

        def shown() -> bool:
            return self._task is task and not sip.isdeleted(step)  # told from another thread, it may come after the dock went

        def progressed(value: float) -> None:
            if shown():
                step.bar.setValue(int(value))

        task = self._task = Work(title, work, finished, ended_badly)
        task.progressChanged.connect(progressed)
        step.busy(True)
        QgsApplication.taskManager().addTask(self._task)
        self._refresh()  # what cannot be done while it works is shown as such

    def cancel(self) -> None:
        """Stop the work under way."""
        if self._task is not None:
            self._task.cancel()

    def shut(self) -> None:
        """Stop the work under way, and let what comes of it be shown nowhere: the dock goes."""
        task, self._task = self._task, None
        if task is not None:
            task.progressChanged.disconnect()
            task.cancel()
