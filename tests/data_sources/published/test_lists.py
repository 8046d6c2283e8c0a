"""What the code says of published codes against the lists themselves: nothing of a list is unknown to it, and nothing of it is in no list."""

from __future__ import annotations

import re

import pytest
from shapely import box

from drieluik.checks import REGISTRY
from drieluik.checks.engine.from_plan.derive import ALLOWED, taking
from drieluik.checks.surroundings import public_space_overlap
from drieluik.checks.zoning.plan_text import QUALIFIED
from drieluik.data_sources.administrative.bag import WITHDRAWN, state_of
from drieluik.data_sources.administrative.brk import parcels_from_features
from drieluik.data_sources.formats.vector_files import Feature
from drieluik.data_sources.juridical import ihr, imro, stop
from drieluik.data_sources.juridical.document_kinds import KNOWN, SAME, STOP_KINDS, changes_the_other, kind_of, replaces_the_other
from drieluik.data_sources.juridical.maatvoering import LISTED, plan_values, terms_of
from drieluik.data_sources.juridical.omgevingsplan import words_of
from drieluik.data_sources.juridical.plan_features import DOUBLE
from drieluik.data_sources.juridical.proposing import propose
from drieluik.data_sources.juridical.symbol_codes import SYMBOLS
from drieluik.data_sources.physical.buildings3d import FAILINGS, GROUND, ROOF, VALIDITY
from drieluik.data_sources.physical.terrain_files import DSM_NAMES
from drieluik.data_sources.published.lists import published
from drieluik.measure.plan.peil import ROADS
from drieluik.model import Plan, PlanArea

FAMILIES = ("imro", "imow", "stop", "dso", "ihr", "bag", "brk", "bgt", "buildings3d", "ahn")


def items(family, name):
    return published(family)[name].items


@pytest.mark.parametrize("family", FAMILIES)
def test_every_list_says_where_it_comes_from_and_when_it_was_read(family):
    for one in published(family).values():
        assert one.items and one.source and re.fullmatch(r"\d{4}-\d{2}-\d{2}", one.read_on), one.name
        assert one.facts(next(iter(one.items)).upper()) is not None and one.facts("geen code van een lijst") is None
    assert sum(len(one.items) for name in FAMILIES for one in published(name).values()) > 2000


def test_kinds_of_regeling():
    assert {code: facts["label"].lower() for code, facts in items("stop", "soortregeling").items()} == STOP_KINDS
    assert {kind_of(code) for code in items("dso", "types")} == {kind_of("", facts["word"]) for facts in items("dso", "types").values()}


def test_kinds_of_plans_have_an_effect():
    codes = {*items("imro", "typeplan"), *items("ihr", "plantypes")}
    assert {kind_of(code) for code in codes} - KNOWN == {"gemeentelijk plan"}  # which kind of plan that is, only the plan says
    told = {code: facts["same_as"] for code, facts in items("ihr", "plantypes").items() if facts.get("same_as") and code in SAME}
    assert told == {code: kind for code, kind in SAME.items() if code.startswith("gemeentelijk")}


def test_roles_of_references():
    for code, facts in items("imro", "rolexternplan").items():
        if facts["changes"] in ("changes", "does not change"):
            assert changes_the_other(code) is (facts["changes"] == "changes"), code
        assert replaces_the_other(code) is code.startswith("ter vervanging")
    assert {*imro.EXTERNAL, imro.OLD_REFERENCE} - {"ExternPlanReferentie"} == set(items("imro", "externplanreferentie"))
    changing = {code for code, facts in items("ihr", "relaties").items() if facts["changes"] != "does not change"}
    assert {*ihr.CHANGING, ihr.REPLACING} == changing


def test_statuses_of_plans():
    ways = {"yes": {(True, None)}, "no": {(False, None), (True, False)}, "ask": {(True, False), (False, None)}}
    for code, facts in items("imro", "planstatus").items():
        (found,) = propose([Plan("a", "a", "bestemmingsplan", code.lower())], [PlanArea("e", "enkelbestemming", "", box(0, 0, 9, 9), plan_id="a")], "2020-01-01")
        assert (found.proposed, found.otherwise) in ways[facts["works"]], code


def test_steps_works_and_fields():
    assert {stop.SUSPENDED, stop.LIFTED} < set(items("stop", "procedurestappen")) and "horsing" in items("stop", "procedurestappen")[stop.SUSPENDED]["label"]
    assert all("ijdelijk" in items("stop", "soortwork")[code]["label"] for code in stop.TEMPORARY)
    assert {code for code, facts in items("ihr", "fields").items() if facts["ends"]} == {*ihr.ENDS, "isHistorisch"}
    ends = {code.rpartition(".")[2] for code, facts in items("dso", "fields").items() if facts["ends"]}
    assert ends == {"eindGeldigheid", "eindRegistratie", "inwerkingTot", "geldigTot"}


def test_kinds_of_objects_of_2006_end_in_ours():
    ours = {"enkelbestemming", "dubbelbestemming", "bouwvlak", "figuur", "gebiedsaanduiding", "lettertekenaanduiding", "maatvoering"}
    of_plans = {code.rpartition("; ")[2] for code in items("imro", "typeplanobject") if code.startswith(("aanduiding; ", "bestemmingsvlak; "))}
    assert of_plans == ours
    assert set(items("imro", "dubbelbestemming")) == set(DOUBLE)


NO_MEASURE = re.compile(r"aantal(?! (?:bouwlagen|wooneenheden))|^maatvoering$|^aantal$|^periodes|^capaciteit")
"""Counts of other things than storeys and dwellings, and what only provincial plans of 2006 have: shown as text."""
MEASURED_NAMES = [code for code in items("imro", "maatvoering") if not NO_MEASURE.search(code)]


@pytest.mark.parametrize("code", MEASURED_NAMES)
def test_every_name_of_a_measure_is_taken_apart(code):
    values = plan_values(code, "5")
    known = (*LISTED, "oppervlakte (bvo)")
    assert all(value.quantity in known for value in values), [value.name for value in values]
    if "goot-" in code:
        assert {"goothoogte", "bouwhoogte"} <= {value.quantity for value in values}


def test_norms_that_speak_of_a_limit_have_it():
    for code, facts in items("imow", "typenorm").items():
        term, qualifier, _ = terms_of(words_of(code))[0]
        if term in LISTED:
            assert qualifier == next((word for word in ("maximum", "minimum") if facts["label"].startswith(word)), ""), code
    assert terms_of("bouwlaag")[0][0] == "bouwlaag"  # which storey is not how many


def test_qualifications_of_activities_are_asked_or_allowed():
    labels = {facts["label"] for facts in items("imow", "activiteitregelkwalificatie").values()}
    assert {*QUALIFIED, *ALLOWED} <= labels and labels - {*QUALIFIED, *ALLOWED} == {"anders geduid", "maatwerkvoorschriftbevoegdheid"}


def test_symbol_codes_exist():
    assert set(SYMBOLS) <= {code.lower() for code in items("imro", "symboolcode")}


@pytest.mark.parametrize("group", items("imro", "gebiedsaanduidinggroep"))
def test_every_group_of_overlays_has_a_check(group):
    assert taking(PlanArea("g", "gebiedsaanduiding", f"{group} - x", box(0, 0, 1, 1), group=group), REGISTRY)


def test_states_of_buildings_and_dwellings():
    assert {code: state_of(code) for code in items("bag", "pandstatus")} == {code: facts["stands"] for code, facts in items("bag", "pandstatus").items()}
    assert (state_of(""), state_of("Pand in gebruik (niet ingemeten)"), state_of("Pand verplaatst")) == ("yes", "yes", "planned")
    gone = {code.lower() for name in ("verblijfsobjectstatus", "plaatsstatus") for code in items("bag", name) if re.search("ingetrokken|niet gerealiseerd|onrechte", code.lower())}
    assert gone <= set(WITHDRAWN)


@pytest.mark.parametrize("code", items("brk", "soortgrootte"))
def test_kinds_of_size_by_code_and_by_word(code):
    facts = items("brk", "soortgrootte")[code]
    for words in ({"soort_grootte_code": code}, {"soort_grootte_waarde": facts["label"]}):
        (parcel,) = parcels_from_features([Feature(box(0, 0, 9, 9), {"identificatie": "1", **words})])
        assert parcel.unmeasured is not facts["measured"]


def test_words_of_the_map():
    functions = set(items("bgt", "wegdeel_functie"))
    assert all(any(word in function for function in functions) for word in ROADS) and set(public_space_overlap.PRIVATE_FUNCTIONS) <= functions
    assert public_space_overlap.YARD in items("bgt", "onbegroeidterreindeel_fysiekvoorkomen")


def test_attributes_of_models():
    known = {*items("buildings3d", "3dbag"), *items("buildings3d", "3dbag_gone"), *items("buildings3d", "roofer")}
    runners = {facts["runner"] for facts in items("buildings3d", "roofer").values() if facts.get("runner")}
    assert set(FAILINGS) - known <= {"b3_mutatie_ahn3_ahn4"} and {*VALIDITY} <= known
    assert {name for name in (*GROUND, *ROOF) if name.startswith(("rf_", "b3_"))} <= known | runners
    assert all(re.fullmatch(r"\d{3}", code) for code in items("buildings3d", "val3dity"))


def test_names_of_rasters():
    for code, facts in items("ahn", "filenames").items():
        if facts["kind"] in ("DTM", "DSM"):
            assert bool(DSM_NAMES.search(facts["example"].rsplit(".", 1)[0])) is (facts["kind"] == "DSM"), code
