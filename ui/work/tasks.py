"""Background work as QGIS tasks: with progress and cancel, and every error as a sentence."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qgis.core import QgsTask

from ...case_folder.lock import Holder
from ...case_folder.open_case import OpenCase
from ...data_sources.live import Live
from ...data_sources.services.cache import Entry
from ...data_sources.services.endpoints import Endpoint
from ...errors import CancelledError, DrieluikError, OutputError, SourceError
from ...model import Case, Design, Note, Review, Ruleset, Site
from ...report.basis.resubmission import Earlier
from . import case_places

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


@dataclass(frozen=True)
class Kept:
    """A case as it was kept: where, and what the officer is to know of that."""

    opened: OpenCase
    case: Case | None
    notes: tuple[Note, ...] = ()


def keep_work(opened: OpenCase | None, case: Case | None, number: str, title: str, why: str, made: list[OpenCase]) -> Callable[[Any], Kept]:
    """Return the work of keeping a case in its folder; one that has none gets one among the cases, which is put in ``made`` at once."""

    def work(progress: Any) -> Kept:
        there = opened or _begun(case_places.free_place(case_places.cases_folder(), number, title), number, title)
        if opened is None:
            made.append(there)
        return Kept(there, *there.save(case, case_places.who(), number, title, why))

    return work


def begin_work(place: Path, number: str, title: str) -> Callable[[Any], OpenCase]:
    """Return the work of beginning a case in a folder."""
    return lambda progress: _begun(place, number, title)


def _begun(place: Path, number: str, title: str) -> OpenCase:
    return OpenCase.begin(place, number, title, case_places.who(), case_places.local_folder())


def open_work(place: Path, over: Holder | None = None, why: str = "") -> Callable[[Any], OpenCase]:
    """Return the work of opening a case folder; ``over``: who has it and is taken over, for which reason."""
    return lambda progress: OpenCase.open(place, case_places.who(), case_places.local_folder(), over, why)


def copy_work(opened: OpenCase | None, case: Case | None, place: Path, number: str, title: str, moves: bool) -> Callable[[Any], Kept]:
    """Return the work of keeping a case in another place, with all that its folder holds; where it ``moves`` the former folder goes after that."""

    def work(progress: Any) -> Kept:
        who, local = case_places.who(), case_places.local_folder()
        if opened is None:
            there = _begun(place, number, title)
        else:
            opened.at.copy_to(place, who, number, title)
            there = OpenCase.open(place, who, local)
        kept, notes = there.save(case, who, number, title)
        if moves and opened is not None and opened.held:  # one that another took over meanwhile is theirs
            opened.close()
            shutil.rmtree(opened.home.path, ignore_errors=True)
        return Kept(there, kept, notes)

    return work


def suggest_work(text: str) -> Callable[[Any], list[tuple[str, Any]]]:
    """Return the work of asking what address or parcel is meant while typing: (words, match) pairs."""

    def work(progress: Any) -> list[tuple[str, Any]]:
        from ...data_sources.services.adapters.locatieserver import suggest

        client, endpoint = _address_service(progress)
        return [(match.text, match) for match in suggest(client, endpoint, text)]

    return work


def lookup_work(match: Any) -> Callable[[Any], Any]:
    """Return the work of finding the place of a suggestion that the user chose."""

    def work(progress: Any) -> Any:
        from ...data_sources.services.adapters.locatieserver import lookup

        client, endpoint = _address_service(progress)
        found = lookup(client, endpoint, match.id)
        if found is None or found.x is None:
            raise SourceError("site_address_none", typed=match.text)
        return found

    return work


def _address_service(progress: Any) -> tuple[Any, Any]:
    """Return who asks and the address service; raises ``SourceError`` when it is switched off."""
    from .services import live

    def cancelled() -> bool:
        try:
            progress(0.0, "")
        except CancelledError:
            return True
        return False

    services = live()
    endpoint = services.endpoints["locatieserver"]
    if not endpoint.asked:
        raise SourceError("service_off", service=endpoint.name)
    return services.client(cancelled), endpoint


@dataclass(frozen=True)
class Sources:
    """Where surroundings come from: each answer of a service that is used is put in ``taken``; ``kept``: the folder of those that the case
    keeps, which are read in place of any service, None to ask."""

    taken: list[tuple[Endpoint, Entry]]
    kept: Path | None = None

    def live(self, offline: bool = False, refresh: bool = False) -> Live:
        """Return the services."""
        from .services import live, live_of_case

        return live_of_case(self.kept) if self.kept is not None else live(offline, refresh, lambda *one: self.taken.append(one))


def altered_work(opened: OpenCase) -> Callable[[Any], tuple[Note, ...]]:
    """Return the work of looking whether the files of a case are as its log says: what the officer is to know of that."""
    return lambda progress: opened.altered(lambda: progress(0.0, ""))


def take_work(opened: OpenCase, taken: list[tuple[Endpoint, Entry]]) -> Callable[[Any], tuple[Note, ...]]:
    """Return the work of keeping answers of services with the case: what the officer is to know of that."""
    return lambda progress: opened.take_surroundings(taken, case_places.who())


def load_site_work(case: Case, offline: bool, folder: Path, lang: str, sources: Sources) -> Callable[[Any], Site]:
    """Return the work of loading the surroundings alone; they are written to ``folder`` for the map."""

    def work(progress: Any) -> Site:
        from ...report.layers.review_layers import write_layers

        site = _surroundings(case, offline, progress, sources)
        write_layers(Review(case, site, (), (), ()), folder, lang)
        return site

    return work


def reload_work(case: Case, site: Site, key: str, offline: bool, folder: Path, lang: str, sources: Sources) -> Callable[[Any], Site]:
    """Return the work of loading one layer again, asking its service anew."""

    def work(progress: Any) -> Site:
        from ...data_sources.live import services_for
        from ...data_sources.site_loading import reload_layer, with_proposal
        from ...measure.surroundings.completion import completed
        from ...report.layers.review_layers import write_layers

        with services_for(case.site, sources.live(offline, refresh=not offline)) as services:
            loaded = completed(with_proposal(reload_layer(site, key, case.site, case.folder, progress, services), case.application_date))
        write_layers(Review(case, loaded, (), (), ()), folder, lang)
        return loaded

    return work


def plan_text_work(case: Case, offline: bool) -> Callable[[Any], None]:
    """Return the work of asking the plan service for the texts that a case names; they are kept in the cache."""

    def work(progress: Any) -> None:
        from ...data_sources.plan_texts import services_for_texts
        from ...job import load_profiles
        from .services import live

        with services_for_texts(case.plan_texts, live(offline)) as services:
            load_profiles(case, services)

    return work


def _surroundings(case: Case, offline: bool, progress: Any, sources: Sources | None = None) -> Site:
    from ...data_sources.plan_texts import services_for_texts
    from ...data_sources.site_loading import with_proposal
    from ...job import load_profiles, surroundings

    live = (sources or Sources([])).live(offline)
    site = with_proposal(surroundings(case.site, case.folder, progress, live), case.application_date)
    with services_for_texts(case.plan_texts, live) as services:
        load_profiles(case, services)  # what a service says of a plan's text is kept: judging asks no service
    return site


@dataclass(frozen=True)
class Loaded:
    """What was loaded of a case; ``problem``: why its designs were not, or that this was stopped."""

    site: Site
    designs: tuple[Design, ...]
    problem: DrieluikError | None = None


def load_case_work(case: Case, site: Site | None, known: Mapping[str, Design], folder: Path, lang: str, sources: Sources) -> Callable[[Any], Loaded]:
    """Return the work of loading a case: its surroundings (written to ``folder`` for the map) and its designs but those ``known`` by name.

    A design that says no place is laid on the case's centre, at ground level there, until the officer places it. Surroundings that were
    loaded are not lost on a design that is none.
    """

    def work(progress: Any) -> Loaded:
        from ...job import part_of
        from ...report.layers.review_layers import write_layers

        loaded = site or _surroundings(case, False, part_of(progress, 0.0, 0.4), sources)
        write_layers(Review(case, loaded, (), (), ()), folder, lang)
        try:
            return Loaded(loaded, _designs(case, loaded, known, part_of(progress, 0.4, 1.0)))
        except DrieluikError as error:
            return Loaded(loaded, (), error)

    return work


def _designs(case: Case, site: Site, known: Mapping[str, Design], progress: Any) -> tuple[Design, ...]:
    from ...data_sources.design import load_designs
    from ...data_sources.design.variants import with_made
    from ...job import placed

    asked = tuple(request for request in case.designs if request.files and request.name not in known)
    read = placed(tuple(on_ground(one, site) for one in load_designs(asked, case.folder, progress, case.site.centre)), case) if asked else ()
    files = {request.name for request in case.designs if request.files}
    every = with_made(case.designs, {**known, **{design.name: design for design in read}})
    return tuple(design if design.name in files else placed((design,), case)[0] for design in every)


def on_ground(design: Design, site: Site) -> Design:
    """Return a provisionally placed design with its zero at ground level; any other design as it is."""
    from ...data_sources.design.placement import replaced

    found = site.terrain.nearest(*site.centre) if site.terrain is not None else None
    if design.placement.method != "provisional" or not found:
        return design
    return replaced(design, replace(design.placement, base_nap_m=round(float(found[0]), 2)))


def review_work(
    case: Case, rulesets: tuple[Ruleset, ...], site: Site, designs: tuple[Design, ...], folder: Path, lang: str
) -> Callable[[Any], tuple[Site, tuple[Design, ...], Review]]:
    """Return the work of the main job on what is loaded: judge, and write the layers to ``folder``."""

    def work(progress: Any) -> tuple[Site, tuple[Design, ...], Review]:
        from ...job import judge, load_profiles, part_of
        from ...report.layers.review_layers import write_layers
        from ...report.sun.sun_pages import write_sun_map

        result = judge(case, site, designs, rulesets, part_of(progress, 0.0, 0.7), load_profiles(case))
        write_layers(result, folder, lang)
        write_sun_map(result, folder)
        progress(1.0, "report_progress")
        return site, designs, result

    return work


def _earlier(opened: OpenCase, review: Review) -> Earlier | None:
    """Return the last review of the case that is of another version of its designs."""
    from ...case_folder.earlier import earlier_version
    from ...report.record import to_dict

    reviews = opened.at.reviews()
    return earlier_version(reviews, to_dict(review)) if reviews else None


def against_work(opened: OpenCase, review: Review, lang: str) -> Callable[[Any], str]:
    """Return the work of saying, in a sentence, what changed since an earlier version of the design; '' where there is none."""

    def work(progress: Any) -> str:
        from ...report.basis.resubmission import fates
        from ...report.pages.resubmission_rows import resubmission_head
        from ...report.record import to_dict

        earlier = _earlier(opened, review)
        return resubmission_head(fates(earlier.record, to_dict(review)), earlier, lang) if earlier is not None else ""

    return work


def judge_work(case: Case, rulesets: tuple[Ruleset, ...], site: Site, designs: tuple[Design, ...]) -> Callable[[Any], Review]:
    """Return the work of judging alone: nothing is written."""

    def work(progress: Any) -> Review:
        from ...job import judge, load_profiles

        return judge(case, site, designs, rulesets, progress, load_profiles(case))

    return work


def report_work(review: Review, folder: Path, lang: str) -> Callable[[Any], dict[str, Path]]:
    """Return the work of writing the report."""

    def work(progress: Any) -> dict[str, Path]:
        from ...report import write_outputs
        from .services import letter_template

        return write_outputs(review, folder, lang, progress, template=letter_template())

    return work


@dataclass(frozen=True)
class Written:
    """Where a review was written, and what the officer is to know of that."""

    place: Path
    notes: tuple[Note, ...]


def case_report_work(opened: OpenCase, review: Review, lang: str) -> Callable[[Any], Written]:
    """Return the work of writing the report as the next review of a case folder."""

    def work(progress: Any) -> Written:
        from ...report import write_outputs

        earlier = _earlier(opened, review)
        template, told = _usable_template()
        place, notes = opened.add_review(
            lambda stage: write_outputs(review, stage, lang, progress, earlier=earlier, template=template), case_places.who()
        )
        return Written(place, (*told, *notes))

    return work


def _usable_template() -> tuple[Path | None, tuple[Note, ...]]:
    """Return the template of the letter; one that is gone or none costs no report: then none, and what the officer is to know of that."""
    from ...report.exchange.letter import check_template
    from .services import letter_template

    template = letter_template()
    try:
        check_template(template)
    except OutputError as error:
        return None, (Note.of(error.code, **error.data), Note.of("letter_plain"))
    return template, ()
