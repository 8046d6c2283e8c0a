"""Background work as QGIS tasks: with progress and cancel, and every error as a sentence."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import QgsTask

from ..errors import CancelledError, DrieluikError
from ..model import Case, Design, Review, Ruleset, Site

Done = Callable[[Any], None]
Failed = Callable[[DrieluikError], None]


class Work(QgsTask):
    """Runs ``work(progress)`` off the main thread; then calls ``done(result)`` or ``failed(error)`` on it."""

    def __init__(self, title: str, work: Callable[[Callable[[float, str], None]], Any], done: Done, failed: Failed) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._work, self._done, self._failed = work, done, failed
        self._result: Any = None
        self._error: DrieluikError | None = None

    def run(self) -> bool:
        """Do the work; an exception must never leave this method, since QGIS would end."""
        try:
            self._result = self._work(self._progress)
            return True
        except DrieluikError as error:
            self._error = error
        except Exception as error:
            logging.getLogger(__name__).exception("task failed")
            self._error = DrieluikError("ui_task_failed", error=f"{type(error).__name__}: {error}")
        return False

    def finished(self, success: bool) -> None:
        """Hand over the result, on the main thread."""
        if success:
            self._done(self._result)
        else:
            self._failed(self._error or CancelledError())

    def _progress(self, fraction: float, code: str) -> None:
        if self.isCanceled():
            raise CancelledError
        self.setProgress(100.0 * fraction)


def load_designs_work(case: Case) -> Callable[[Any], tuple[Design, ...]]:
    """Return the work of reading the designs of a case."""

    def work(progress: Any) -> tuple[Design, ...]:
        from ..data_sources.design import load_designs
        from ..job import placed

        return placed(load_designs(case.designs, case.folder, progress), case)

    return work


def review_work(
    case: Case, rulesets: tuple[Ruleset, ...], site: Site | None, designs: tuple[Design, ...], folder: Path, lang: str
) -> Callable[[Any], tuple[Site, tuple[Design, ...], Review]]:
    """Return the work of the main job: load what is not loaded yet, judge, and write the layers to ``folder``."""

    def work(progress: Any) -> tuple[Site, tuple[Design, ...], Review]:
        from ..data_sources.site import load_site
        from ..job import judge, part_of
        from ..report.layers import write_layers

        loaded = site or load_site(case.site, case.folder, part_of(progress, 0.0, 0.4))
        read = designs or load_designs_work(case)(part_of(progress, 0.4, 0.75))
        result = judge(case, loaded, read, rulesets, part_of(progress, 0.75, 0.9))
        write_layers(result, folder, lang)
        progress(1.0, "report_progress")
        return loaded, read, result

    return work


def report_work(review: Review, folder: Path, lang: str) -> Callable[[Any], dict[str, Path]]:
    """Return the work of writing the report."""

    def work(progress: Any) -> dict[str, Path]:
        from ..report import write_outputs

        return write_outputs(review, folder, lang, progress)

    return work
