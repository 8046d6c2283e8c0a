"""The command ``drieluik``: the main job without a window."""

from __future__ import annotations

import argparse
import json
import logging
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from . import texts
from .errors import CancelledError, DrieluikError, OutputError, UsageError
from .version import version

OK, NOT_POSSIBLE, USAGE = 0, 1, 2
REJECTED = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0 done, 1 not possible (says why), 2 wrong usage (``inspect``: rejected)."""
    arguments = parser().parse_args(joined(sys.argv[1:] if argv is None else argv))
    texts.use_language(arguments.lang)
    logging.basicConfig(level=logging.DEBUG if arguments.verbose else logging.ERROR, stream=sys.stderr)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    warnings.filterwarnings("ignore", "(invalid value|divide by zero) encountered", RuntimeWarning, "shapely")  # flags GEOS 3.11 leaves
    try:
        return int(arguments.run(arguments))
    except KeyboardInterrupt:
        return complain(CancelledError())
    except DrieluikError as error:
        return complain(error)
    except Exception as error:  # a fault of ours or of a library: a sentence, and in the log what is needed to mend it
        logging.getLogger(__name__).info("not foreseen", exc_info=error)
        return complain(DrieluikError("cli_not_foreseen", details=str(error), kind=type(error).__name__))


def joined(argv: Sequence[str]) -> list[str]:
    """Return the words with ``--normal -1,0`` as one: argparse takes such a value for an option."""
    words: list[str] = []
    for word in argv:
        if words and words[-1] in ("--normal", "--at"):
            words[-1] = f"{words[-1]}={word}"
        else:
            words.append(word)
    return words


def complain(error: DrieluikError) -> int:
    """Print what went wrong as one sentence; the library's own words only in the log. Returns the exit code."""
    if isinstance(error, UsageError):
        print(error.message(), file=sys.stderr)
        return USAGE
    print(texts.sentence("cli_not_possible", {"reason": error.message()}), file=sys.stderr)
    if error.details:
        logging.getLogger(__name__).info(error.details)
    return NOT_POSSIBLE


def parser() -> argparse.ArgumentParser:
    """Return the command's words."""
    root = argparse.ArgumentParser(prog="drieluik", description="Does a building design fit its plot?")
    root.add_argument("--version", action="version", version=f"drieluik {version()}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=texts.LANGUAGES, default="nl", help="language of the outputs (default: nl)")
    common.add_argument("--verbose", action="store_true", help="show what the libraries say")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[Any], int], words: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[common], help=words, description=words)
        added.set_defaults(run=run)
        return added

    review = command("review", run_review, "review the case and write report, record, layers and project")
    review.add_argument("case", metavar="CASE.yaml", type=Path)
    review.add_argument("--out", metavar="DIR", type=Path, required=True)
    review.add_argument("--letter", metavar="TEMPLATE.odt", type=Path, help="the template of the advice letter, with fields between double braces")
    inspect = command("inspect", run_inspect, "import a design and say what was found")
    inspect.add_argument("files", metavar="FILE", nargs="+", type=Path)
    inspect.add_argument("--json", action="store_true", help="print JSON instead of a table")
    inspect.add_argument("--together", action="store_true", help="the files are one design")
    inspect.add_argument("--unit", choices=("m", "mm", "cm", "inch", "ft"), default="", help="unit of a mesh file, where it is silent or wrong")
    inspect.add_argument("--up-axis", choices=("z", "y"), default="", help="up axis of a mesh file, where it is silent or wrong")
    inspect.add_argument("--object", dest="objects", metavar="NAME", action="append", default=[], help="the building or object of the file that is the design")
    inspect.add_argument("--picture", metavar="OUT.png", type=Path, help="also draw the design in 3D")
    site = command("site", run_site, "load the three worlds around a place and write them to a GeoPackage")
    _site_words(site)
    rules = command("rules", run_rules, "list the checks, or validate or test a rule file")
    _rules_words(rules)
    plan = command("plan", run_plan, "read the text of a plan: proposed norms and ways of measuring, each with its quote")
    plan.add_argument("action", choices=("read",), help="read: say what the text holds")
    plan.add_argument("file", metavar="FILE", type=Path, help="the rules as HTML or text, whole or per article")
    plan.add_argument("--json", action="store_true", help="print JSON instead of text")
    plan.add_argument("--profile", metavar="OUT.yaml", type=Path, help="write what it says of measuring as a measuring profile")
    plan.add_argument("--plan", metavar="PLAN-ID", default="", help="the plan of the profile")
    plan.add_argument("--by", metavar="NAME", default="", help="who confirms the profile")
    sun = command("sun", run_sun, "possible sun at a point on a day, without and with the design")
    sun.add_argument("--case", metavar="CASE.yaml", type=Path, required=True)
    sun.add_argument("--at", metavar="X,Y,Z", required=True, help="the point, RD and NAP (m), used as given")
    sun.add_argument("--normal", metavar="NX,NY", help="where its facade faces, outward (RD grid); omitted: sun from everywhere")
    sun.add_argument("--date", metavar="YYYY-MM-DD", required=True)
    sun.add_argument("--json", action="store_true", help="print JSON instead of a sentence")
    sun.add_argument("--chart", metavar="OUT.svg", type=Path, help="also draw the sun's path over the sky that the point sees, with who blocks it")
    rerun = command("rerun", run_rerun, "run a record again and say whether the findings are identical")
    rerun.add_argument("record", metavar="review.json", type=Path)
    replies = command("replies", run_replies, "what the architect answered in a BCF file to the findings of a record")
    replies.add_argument("record", metavar="review.json", type=Path)
    replies.add_argument("file", metavar="FILE.bcf", type=Path)
    return root


def _site_words(site: argparse.ArgumentParser) -> None:
    site.add_argument("--at", metavar="X,Y", default="", help="the place, RD (m)")
    site.add_argument("--address", metavar="TEXT", default="", help="the place by its address or parcel; only an exact match is taken")
    site.add_argument("--radius", metavar="R", type=float, default=150.0, help="radius (m, default: 150)")
    site.add_argument("--out", metavar="SITE.gpkg", type=Path, required=True)
    site.add_argument("--from", dest="sources", metavar="KEY=FILE", action="append", default=[], help="a layer from a file, or none; repeatable")
    site.add_argument("--offline", action="store_true", help="files and cache only")
    site.add_argument("--refresh", action="store_true", help="ask anew what the cache holds")
    site.add_argument("--cache", metavar="DIR", type=Path, help="where answers are kept (default: the user's cache folder)")
    site.add_argument("--endpoint", dest="endpoints", metavar="NAME=URL", action="append", default=[], help="another address of a service, or none")
    site.add_argument("--timeout", metavar="S", type=float, help="time-out of one question (s)")


def _rules_words(rules: argparse.ArgumentParser) -> None:
    actions = rules.add_subparsers(dest="action", required=True, metavar="list | validate | test")
    for name in ("list", "validate", "test"):  # parsers of their own: options may stand before and after the file
        action = actions.add_parser(name)
        if name != "list":
            action.add_argument("file", metavar="FILE", type=Path)
        action.add_argument("--json", action="store_true", help="print JSON instead of text")
        action.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS, help="language of the answer (default: nl)")


def run_review(arguments: argparse.Namespace) -> int:
    """``drieluik review CASE.yaml --out DIR``."""
    from .command.terminal import progress_bar, show_findings, show_outputs
    from .data_sources.case import read_case
    from .job import part_of, run_case
    from .report import check_writable, write_outputs

    case = read_case(arguments.case)
    check_writable(arguments.out)
    with progress_bar() as progress:
        result = run_case(case, part_of(progress, 0.0, 0.8))
        outputs = write_outputs(
            result, arguments.out, arguments.lang, part_of(progress, 0.8, 1.0), also=lambda folder: add_project(result, folder),
            template=arguments.letter,
        )
    show_findings(result)
    show_outputs(outputs)
    return OK


def add_project(result: Any, folder: Path) -> dict[str, Path]:
    """Write ``project.qgz`` where QGIS is present; without it the other outputs stand and the terminal says so."""
    try:
        import qgis.core  # noqa: F401
    except ImportError:
        print(texts.sentence("cli_no_qgis"), file=sys.stderr)
        return {}
    from .ui.project import write_project

    return {"project": write_project(result, folder)}


def run_inspect(arguments: argparse.Namespace) -> int:
    """``drieluik inspect FILE... [--json] [--together] [--object NAME]``."""
    from .command.inspection import inspect_files
    from .command.terminal import show_inspection

    several = not arguments.together and len(arguments.files) > 1
    look = partial(draw, arguments.picture, several) if arguments.picture else None
    found = inspect_files(arguments.files, arguments.together, look, (arguments.unit, arguments.up_axis), arguments.objects)
    if arguments.json:
        print(json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        show_inspection(found, arguments.files)
    return REJECTED if any(item["status"] == "reject" for item in found) else OK


def draw(picture: Path, several: bool, number: int, design: Any) -> None:
    """Draw a design on an empty plot; of several each gets its number in the file's name. Raises ``OutputError``."""
    from .model import Site
    from .report.pictures import scene_picture

    if not scene_picture.available():
        raise OutputError("cli_picture_extra")
    middle = design.bounds.mean(axis=0)
    target = picture.with_name(f"{picture.stem}-{number + 1}{picture.suffix}") if several else picture
    try:
        target.write_bytes(scene_picture.Picture(Site((float(middle[0]), float(middle[1])), 100.0), design).png())
    except OSError as reason:
        raise OutputError("output_not_writable", path=str(target), details=str(reason)) from reason


def run_site(arguments: argparse.Namespace) -> int:
    """``drieluik site --at X,Y --radius R --out SITE.gpkg``: 0 written, 1 not possible or no layer loaded, 2 wrong usage."""
    from .command.terminal import progress_bar, show_site
    from .command.usage import endpoints_from, place_from, sources_from
    from .data_sources.live import open_live
    from .job import surroundings
    from .report.layers.site_package import write_site

    sources = sources_from(arguments.sources)
    endpoints = endpoints_from(arguments.endpoints)
    with open_live(endpoints, arguments.cache, arguments.offline, arguments.refresh, arguments.timeout) as live:
        request = place_from(arguments.at, arguments.address, arguments.radius, sources, live)
        with progress_bar() as progress:
            site = surroundings(request, ".", progress, live)
    write_site(site, arguments.out, arguments.lang)
    return show_site(site, arguments.out)


def run_rules(arguments: argparse.Namespace) -> int:
    """``drieluik rules list | validate FILE | test FILE [--json]``."""
    from .command.rule_files import show_list, show_tests, show_validation

    if arguments.action == "list":
        return show_list(arguments.json)
    return (show_validation if arguments.action == "validate" else show_tests)(arguments.file, arguments.json)


def run_plan(arguments: argparse.Namespace) -> int:
    """``drieluik plan read FILE [--json] [--profile OUT.yaml --plan ID --by NAME]``."""
    from .command.plan_reading import show_plan_text

    return show_plan_text(arguments.file, arguments.json, arguments.profile, arguments.plan, arguments.by)


def run_sun(arguments: argparse.Namespace) -> int:
    """``drieluik sun --case CASE.yaml --at X,Y,Z [--normal NX,NY] --date D [--json]``."""
    from .command.sun_point import date_of, direction_of, numbers_of, sun_at_point

    point, date = numbers_of(arguments.at, 3, "sun_what_point", "84950,447520,1.5"), date_of(arguments.date)
    look = partial(draw_sky, arguments.chart, arguments.lang) if arguments.chart else None
    found = sun_at_point(arguments.case, point, direction_of(arguments.normal), date, look)
    if arguments.json:
        print(json.dumps(found.as_dict(arguments.lang), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        print("\n".join(found.sentences(arguments.lang)))
    return OK


def draw_sky(path: Path, lang: str, view: Any, place: tuple[float, float]) -> None:
    """Draw what a point sees of the sky, with the design. Raises ``OutputError``."""
    from .report.pictures.sun_chart import chart_of

    try:
        path.write_text(chart_of(view, place, lang), encoding="utf-8")
    except OSError as reason:
        raise OutputError("output_not_writable", path=str(path), details=str(reason)) from reason


def run_replies(arguments: argparse.Namespace) -> int:
    """``drieluik replies review.json FILE.bcf``."""
    from .command.terminal import show_replies
    from .report.exchange.bcf_replies import read_replies
    from .report.record import read_record

    show_replies(read_replies(arguments.file, read_record(arguments.record)), arguments.file)
    return OK


def run_rerun(arguments: argparse.Namespace) -> int:
    """``drieluik rerun review.json``."""
    from .command.terminal import progress_bar, show_differences
    from .job import run_case
    from .report.record import case_of, compare, read_record, to_dict

    record = read_record(arguments.record)
    with progress_bar() as progress:
        again = run_case(case_of(record, arguments.record.parent), progress)
    return show_differences(compare(record, to_dict(again)), record)


if __name__ == "__main__":
    sys.exit(main())
