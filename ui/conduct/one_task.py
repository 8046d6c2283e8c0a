"""The one task under way: work in the background, its progress in the run step, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication

from ...errors import DrieluikError
from ..steps.step_output import RunStep
from ..widgets.words import tr
from ..work.tasks import Work
from .teller import Teller


class OneTask:
    """Runs one task at a time; ``ended()`` is called after each, whether it went well or not."""

    def __init__(self, step: RunStep, teller: Teller, ended: Callable[[], None]) -> None:
        self.step, self.teller, self._ended = step, teller, ended
        self._task: Work | None = None
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

    def start(self, title: str, work: Any, done: Callable[[Any], None]) -> None:
        """Start ``work(progress)`` in the background; ``done(result)`` is called when it went well."""
        if not self.free():
            return

        def finished(result: Any) -> None:
            self._end()
            done(result)
            self._ended()

        def failed(error: DrieluikError) -> None:
            self._end()
            self._ended()
            self.teller.complain(error)

        self._task = Work(title, work, finished, failed)
        self._task.progressChanged.connect(lambda value: self.step.bar.setValue(int(value)))
        self.step.busy(True)
        QgsApplication.taskManager().addTask(self._task)

    def _end(self) -> None:
        self._task = None
        self.step.busy(False)

    def cancel(self) -> None:
        """Stop the work under way."""
        if self._task is not None:
            self._task.cancel()
