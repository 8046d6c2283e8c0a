"""A small case with files of its own, for the tests of case folders."""

from __future__ import annotations

from drieluik.case_folder.case_log import Who
from drieluik.model import Case, DesignRequest, SiteRequest

OFFICER = Who("J. de Vries", "vergunningverlener")


def small_case(files, **answers) -> Case:
    """Return a case whose design and two sources stand in a folder of the applicant."""
    files.mkdir(parents=True, exist_ok=True)
    for name, text in (("huis.ifc", "ISO-10303-21;"), ("bgt.geojson", "{}"), ("bag.shp", "vorm"), ("bag.dbf", "velden")):
        (files / name).write_text(text, encoding="utf-8")
    site = SiteRequest((187_030.0, 440_992.0), 100.0, {"bgt": ("bgt.geojson",), "bag": ("bag.shp",), "points": ()}, "Dorpsweg 3")
    return Case("Z1", "Aanbouw", site, (DesignRequest(("huis.ifc",), "A"),), answers=answers, folder=str(files))


def with_peil(case: Case, nap_m: float) -> Case:
    from dataclasses import replace

    return replace(case, answers={"peil": {"method": "nap_value", "nap_m": nap_m, "reason": f"Tekening {nap_m}", "by": "J. de Vries"}})
