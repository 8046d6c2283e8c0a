"""Every member of the DSO's answers that an omgevingsplan is read from, with the spellings that stand in for it."""

from __future__ import annotations

import pytest
from shapely import LineString, Point, box
from shapely.geometry import mapping

from drieluik.data_sources.juridical.dso import read_dso
from drieluik.errors import SourceError

WEST, EAST, TOWN = box(130_000, 460_000, 130_020, 460_030), box(130_020, 460_000, 130_050, 460_030), box(129_000, 459_000, 132_000, 462_000)
SHAPES = {"geo-w": mapping(WEST), "geo-e": mapping(EAST), "geo-t": mapping(TOWN)}
PLACES = [{"identificatie": "w", "geometrieIdentificatie": "geo-w"}, {"identificatie": "e", "geometrieIdentificatie": "geo-e"}]


def read(annotations, regeling=None, shapes=SHAPES, structure=None, near=None):
    return read_dso(regeling or {"identificatie": "R"}, {"locaties": PLACES, **annotations}, shapes, structure, near)


def plan_of(**members):
    return read({}, {"identificatie": "R", **members}).plans[0]


def notes_of(found):
    return [(note.code, note.as_dict()) for note in found.notes]


def norm(value, where="w", **members):
    """A norm with one value and no name, unless ``members`` has it."""
    return {"identificatie": "n", "normwaarden": [{"identificatie": "v", "locatieRefs": [where], **value}], **members}


def norms_of(value, kind="omgevingsnormen", **members):
    return read({kind: [norm(value, **members)]}).areas


def test_what_a_regeling_says_of_itself():
    plan = plan_of(
        citeertitel="Plan Kade", officieleTitel="Officieel", opschrift="Opschrift", type={"code": "r3", "waarde": "Omgevingsplan"},
        geregistreerdMet={"beginGeldigheid": "2024-03-05T00:00:00Z", "tijdstipRegistratie": "2024-02-01T08:00:00Z", "beginInwerking": "2024-04-01T00:00:00Z"},
        aangeleverdDoorEen={"naam": "gemeente Kade", "code": "gm0099"}, _links={"self": {"href": "https://dso.example/R"}},
    )
    assert (plan.id, plan.name, plan.kind, plan.status) == ("R", "Plan Kade", "omgevingsplan", "vastgesteld")
    assert (plan.date, plan.in_force, plan.authority, plan.url) == ("2024-03-05", "2024-04-01", "gemeente Kade", "https://dso.example/R")


def test_what_a_regeling_leaves_out():
    plan = plan_of()
    assert (plan.name, plan.kind, plan.status, plan.date, plan.in_force, plan.authority, plan.url, plan.geometry) == ("", "regeling zonder soort", "vastgesteld", "", "", "", "", None)
    assert (plan_of(type=4).kind, plan_of(_links={"self": 1}).url, plan_of(_links="x").url) == ("regeling zonder soort", "", "")


@pytest.mark.parametrize(
    ("members", "name", "date", "authority"),
    [
        ({"officieleTitel": "Officieel", "opschrift": "x"}, "Officieel", "", ""), ({"opschrift": "Opschrift"}, "Opschrift", "", ""),
        ({"geregistreerdMet": {"tijdstipRegistratie": "2024-02-01T08:00:00Z"}}, "", "2024-02-01", ""), ({"aangeleverdDoorEen": {"code": "gm0099"}}, "", "", "gm0099"),
    ],
)
def test_what_stands_in_for_what_a_regeling_leaves_out(members, name, date, authority):
    plan = plan_of(**members)
    assert (plan.name, plan.date, plan.authority) == (name, date, authority)


@pytest.mark.parametrize(("given", "kind"), [("Voorbeschermingsregels", "voorbeschermingsregels"), ({"naam": "Omgevingsverordening"}, "omgevingsverordening"), ({"code": "R-3"}, "r-3")])
def test_the_kind_of_a_regeling(given, kind):
    assert plan_of(type=given).kind == kind


@pytest.mark.parametrize(
    ("members", "status"),
    [
        ({"isOntwerp": True}, "ontwerp"), ({"isOntwerp": False}, "vastgesteld"), ({"isOntwerp": "nee"}, "vastgesteld"), ({"procedurestatus": "Ontwerp"}, "ontwerp"),
        ({"status": "Concept"}, "concept"), ({"procedurestatus": "voorontwerp", "status": "vastgesteld"}, "voorontwerp"), ({"status": "definitief"}, "vastgesteld"),
        ({"isOntwerp": True, "status": "ter inzage"}, "ter inzage"),
    ],
)
def test_the_status_of_a_regeling(members, status):
    assert plan_of(**members).status == status


RULE = {"identificatie": "r", "regeltekstRef": "t", "locatieRefs": ["w"]}
TEXT = {"identificatie": "t", "wId": "gm0099_1__chp_3__art_3.7", "opschrift": "Kap"}


@pytest.mark.parametrize("name", ["regelsVoorIedereen", "instructieregels", "omgevingswaarderegels"])
def test_a_rule_of_each_kind_holds_at_its_place(name):
    (area,) = read({name: [RULE], "regelteksten": [TEXT]}).areas
    assert (area.fid, area.kind, area.name, area.article, area.belongs_to) == ("t", "regeltekst", "Kap", "3.7", "")
    assert area.geometry.equals(WEST)


@pytest.mark.parametrize(
    ("text", "article", "name"),
    [
        ({"wId": "gm_1__art_12"}, "12", ""), ({"wId": "gm_1__art_12__para_3"}, "12 lid 3", ""), ({"wId": "gm_1__art_2.14__para_1a", "naam": "Nok"}, "2.14 lid 1a", "Nok"),
        ({"wId": "gm_1__chp_4"}, "", ""), ({"wId": "gm_1__art_12", "nummer": "4.1"}, "4.1", ""), ({"nummer": 7, "opschrift": "Goot", "naam": "x"}, "7", "Goot"),
    ],
)
def test_the_number_and_heading_of_a_text(text, article, name):
    (area,) = read({"regelsVoorIedereen": [RULE], "regelteksten": [{"identificatie": "t", **text}]}).areas
    assert (area.article, area.name) == (article, name)


def test_a_rule_whose_text_is_not_in_the_answer_is_kept_by_its_id():
    (area,) = read({"regelsVoorIedereen": [RULE]}).areas
    assert (area.fid, area.kind, area.name, area.article, area.quote) == ("t", "regeltekst", "", "", "")


def test_a_rule_points_at_norms_values_designations_and_activities():
    rule = {
        **RULE, "omgevingsnormRefs": ["n"], "omgevingswaardeRefs": ["x"], "gebiedsaanwijzingRefs": [{"identificatie": "g"}], "activiteitLocatieaanduidingen": [
            {"identificatie": "at", "activiteitRef": {"href": "act"}, "activiteitregelkwalificatie": {"waarde": "verboden"}, "locatieRefs": ["e"]},
            {"activiteitRef": "other", "activiteitregelkwalificatie": "toegestaan"},
        ],
    }
    found = read({
        "regelsVoorIedereen": [rule], "regelteksten": [TEXT], "activiteiten": [{"identificatie": "act", "naam": "dakkapel plaatsen"}],
        "gebiedsaanwijzingen": [{"identificatie": "g", "naam": "Kern", "type": {"waarde": "Functie"}, "groep": {"waarde": "kern"}, "locatieRefs": ["e"]}],
        "omgevingsnormen": [norm({"kwantitatieveWaarde": 3}, naam="maximum goothoogte")],
        "omgevingswaarden": [{"identificatie": "x", "naam": "fijnstof", "normwaarden": [{"identificatie": "xv", "kwalitatieveWaarde": "laag", "locatieRefs": ["w"]}]}],
    })
    areas = {area.fid: area for area in found.areas}
    assert {fid: (area.kind, area.name, area.group, area.article, area.belongs_to) for fid, area in areas.items()} == {
        "t": ("regeltekst", "Kap", "", "3.7", ""), "g": ("gebiedsaanwijzing", "Kern", "Functie - kern", "3.7", "t"),
        "at": ("activiteit", "dakkapel plaatsen", "verboden", "3.7", "t"), "r.other": ("activiteit", "other", "toegestaan", "3.7", "t"),
        "v": ("omgevingsnorm", "maximum goothoogte", "", "3.7", "t"), "xv": ("omgevingswaarde", "fijnstof", "", "3.7", "t"),
    }
    assert areas["at"].geometry.equals(EAST) and areas["r.other"].geometry.equals(WEST)  # without places of its own it holds where its rule holds


@pytest.mark.parametrize(
    ("value", "number", "said"),
    [
        ({"kwantitatieveWaarde": 0}, 0.0, "0"), ({"kwantitatieveWaarde": "4,25"}, 4.25, "4,25"), ({"kwalitatieveWaarde": "laag"}, None, "laag"),
        ({"waardeInRegeltekst": True}, None, "waarde staat in regeltekst"), ({"waardeInRegeltekst": "zie artikel"}, None, "waarde staat in regeltekst"),
        ({"waardeInRegeltekst": False}, None, ""), ({"waardeInRegeltekst": ""}, None, ""), ({"waardeInRegeltekst": None}, None, ""),
        ({"kwantitatieveWaarde": 6, "waardeInRegeltekst": True}, 6.0, "6"),
    ],
)
def test_the_value_of_a_norm(value, number, said):
    (area,) = norms_of(value, naam="minimum breedte")
    (one,) = area.values
    assert (one.name, one.qualifier, one.value, one.unit, one.raw) == ("breedte", "minimum", number, "m", f"minimum breedte={said}")


def test_the_type_unit_and_group_of_a_norm():
    (area,) = norms_of({"kwantitatieveWaarde": 250}, type={"waarde": "maximum bebouwd oppervlak"}, eenheid={"waarde": "vierkante meter"}, groep={"waarde": "bouwen"})
    (one,) = area.values
    assert (one.name, one.qualifier, one.value, one.unit, one.raw) == ("bebouwd oppervlak", "maximum", 250.0, "m2", "maximum bebouwd oppervlak=250")
    assert (area.kind, area.group) == ("omgevingsnorm", "bouwen")
    (area,) = norms_of({"kwantitatieveWaarde": 35}, "omgevingswaarden", naam="geluid", eenheid="http://x/eenheid/id/concept/Decibel")
    assert (area.kind, area.name, area.values[0].unit) == ("omgevingswaarde", "geluid", "decibel")


def test_values_without_an_id_are_told_apart_by_their_number():
    one = {"id": "n", "naam": "maximum diepte", "normwaarden": [{"kwantitatieveWaarde": 3, "locatieRefs": ["w"]}, {"kwantitatieveWaarde": 4, "locatieRefs": ["e"]}]}
    found = read({"omgevingsnormen": [one]})
    assert [(area.fid, area.values[0].value, area.geometry) for area in found.areas] == [("n.0", 3.0, WEST), ("n.1", 4.0, EAST)]


@pytest.mark.parametrize("members", [{"groepselementRefs": ["w", "e"]}, {"groepselementen": ["w", "e"]}, {"omvat": [{"identificatie": "w"}, {"ref": "e"}]}, {"locatieRefs": ["w", "e"]}])
def test_a_group_of_places_by_each_spelling(members):
    found = read({"locaties": [*PLACES, {"identificatie": "both", **members}], "omgevingsnormen": [norm({"kwantitatieveWaarde": 3}, "both")]})
    assert found.areas[0].geometry.equals(box(130_000, 460_000, 130_050, 460_030))


@pytest.mark.parametrize("place", [{"id": "all", "locatieType": "Ambtsgebied"}, {"id": "all", "type": {"waarde": "ambtsgebied"}}, {"id": "nl.imow-gm0099.ambtsgebied.1"}])
def test_a_whole_territory_is_the_place_asked_for_and_that_is_said(place):
    one = {"locaties": [*PLACES, place], "omgevingsnormen": [norm({"kwantitatieveWaarde": 3}, place["id"])]}
    here = box(130_005, 460_005, 130_010, 460_010)
    found = read(one, {"identificatie": "R", "citeertitel": "Plan Kade"}, near=here)
    assert found.areas[0].geometry.equals(here)
    assert notes_of(found) == [("plans_whole_territory", {"plan": "Plan Kade", "count": 1})]
    assert notes_of(read(one)) == [
        ("plans_values_without_place", {"fid": "v", "values": "=3"}), ("plans_without_geometry", {"path": "R", "count": 1, "ids": "v"}),
    ]


def test_the_ground_of_the_regeling():
    found = read({"locaties": [*PLACES, {"id": "t", "geometrieIdentificatie": "GEO-T"}], "regelingsgebieden": [{"id": "rg", "locatieRefs": ["t"]}]})
    assert found.plans[0].geometry.equals(TOWN) and found.areas == ()


def test_a_pons_and_what_is_only_a_draft():
    found = read({
        "ponsen": [{"identificatie": "p", "locatieRefs": ["w"], "procedurestatus": "Ontwerp"}],
        "omgevingsnormen": [norm({"kwantitatieveWaarde": 3}, status="concept"), {**norm({"kwantitatieveWaarde": 4}), "identificatie": "m", "normwaarden": [
            {"identificatie": "mv", "kwantitatieveWaarde": 4, "locatieRefs": ["e"]}]}],
    })
    assert {area.fid: (area.kind, area.name, area.plan_status) for area in found.areas} == {
        "v": ("omgevingsnorm", "", "ontwerp"), "mv": ("omgevingsnorm", "", "vastgesteld"), "p": ("pons", "pons", "ontwerp"),
    }


def structure_of(**members):
    component = {"wId": "gm0099_1__chp_3__art_3.7", **members}
    found = read({"regelsVoorIedereen": [RULE], "regelteksten": [TEXT]}, structure=[{"wId": "chp"}, {"_embedded": {"documentComponenten": [component]}}])
    return found.areas[0]


@pytest.mark.parametrize(
    ("members", "article", "name", "quote"),
    [
        ({"inhoud": "Gewone tekst."}, "3.7", "", "Gewone tekst."), ({"nummer": "3.7a", "kop": "Dak"}, "3.7a", "Dak", ""),
        ({"inhoud": "<Inhoud><Al>Een  kap van <b>ten minste</b>\n30 graden.</Al></Inhoud>", "opschrift": "<Opschrift>Kap</Opschrift>", "kop": "x"}, "3.7", "Kap",
         "Een kap van ten minste 30 graden."),
        ({"inhoud": "<?xml-model href='x'?><Al>Plat.</Al>"}, "3.7", "", "Plat."), ({"inhoud": "los <b>woord</b>"}, "3.7", "", "los woord"),
        ({"_embedded": {"documentComponenten": [{"wId": "l1", "inhoud": "Eerste lid."}, {"wId": "l2", "inhoud": "Tweede lid."}]}}, "3.7", "", "Eerste lid. Tweede lid."),
    ],
)
def test_the_text_of_an_article(members, article, name, quote):
    area = structure_of(**members)
    assert (area.article, area.name, area.quote) == (article, name, quote)


def test_a_structure_nested_beyond_measure_is_cut_off():
    deep = {"wId": TEXT["wId"], "inhoud": "diep"}
    for _ in range(60):
        deep = {"a": deep}
    assert read({"regelsVoorIedereen": [RULE], "regelteksten": [TEXT]}, structure=[deep["a"]]).areas[0].quote == "diep"
    assert read({"regelsVoorIedereen": [RULE], "regelteksten": [TEXT]}, structure=[deep]).areas[0].quote == ""
    assert read({"regelsVoorIedereen": [RULE], "regelteksten": [TEXT]}, structure=deep).areas[0].quote == "diep"


def test_shapes_are_made_flat_and_valid_and_an_empty_one_is_none():
    tie = {"type": "Polygon", "coordinates": [[[130_000, 460_000, 2], [130_010, 460_010, 2], [130_010, 460_000, 2], [130_000, 460_010, 2], [130_000, 460_000, 2]]]}
    found = read({"omgevingsnormen": [norm({"kwantitatieveWaarde": 3})]}, shapes={"GEO-W": tie})
    assert found.areas[0].geometry.is_valid and found.areas[0].geometry.area == pytest.approx(50) and not found.areas[0].geometry.has_z
    assert notes_of(found) == [
        ("sources_made_valid", {"count": 1, "path": "DSO"}), ("sources_outline_crosses", {"path": "DSO", "west": 130000, "south": 460000, "east": 130010, "north": 460010}),
    ]
    for shape in (Point(130_000, 460_000), LineString([(130_000, 460_000), (130_010, 460_000)])):
        assert read({"omgevingsnormen": [norm({"kwantitatieveWaarde": 3})]}, shapes={"geo-w": mapping(shape)}).areas[0].geometry.equals(shape)
    empty = {"type": "Polygon", "coordinates": []}
    assert read({"omgevingsnormen": [norm({"kwantitatieveWaarde": 3})]}, shapes={"geo-w": empty}).areas == ()


def test_a_shape_that_cannot_be_read_is_named_with_the_reason():
    found = read({"omgevingsnormen": [norm({"kwantitatieveWaarde": 3}, "e")]}, shapes={"geo-w": {"type": "Z" * 90, "coordinates": []}, "geo-e": mapping(EAST)})
    ((code, said),) = notes_of(found)
    assert (code, said["fid"], len(said["what"])) == ("plans_geometry_numbers", "geo-w", 60)
    assert [area.geometry for area in found.areas] == [EAST]


def test_an_answer_without_norms_says_so_by_the_plans_name():
    assert notes_of(read({}, {"identificatie": "R", "citeertitel": "Plan Kade"})) == [("plans_without_norms", {"plan": "Plan Kade"})]
    assert notes_of(read({})) == [("plans_without_norms", {"plan": "R"})]
    assert notes_of(read({"omgevingsnormen": [norm({"kwantitatieveWaarde": 3})]})) == []


@pytest.mark.parametrize("name", ["locaties", "omgevingsnormen", "regelteksten"])
@pytest.mark.parametrize("given", [{"a": 1}, ["tekst"], [{"identificatie": "x"}, 4]])
def test_a_list_that_decides_of_another_shape_is_refused(name, given):
    with pytest.raises(SourceError) as caught:
        read({name: given})
    assert (caught.value.code, caught.value.data) == ("plans_other_shape", {"path": "DSO", "missing": name})


@pytest.mark.parametrize("name", ["activiteiten", "gebiedsaanwijzingen", "ponsen", "instructieregels"])
def test_a_list_beside_it_of_another_shape_is_passed_over(name):
    assert read({name: ["tekst", {"identificatie": "x"}]}).areas == ()
    assert read({name: "tekst"}).areas == ()
    with pytest.raises(SourceError):
        read({name: {"a": 1}})


def test_geometries_of_another_shape_are_refused():
    with pytest.raises(SourceError) as caught:
        read({}, shapes=[1])
    assert (caught.value.code, caught.value.data) == ("plans_other_shape", {"path": "DSO", "missing": "geometries"})


def test_the_areas_carry_what_their_plan_is():
    regeling = {"identificatie": "R", "citeertitel": "Plan Kade", "_links": {"self": {"href": "https://dso.example/R"}}, "geregistreerdMet": {"beginGeldigheid": "2025-01-09"}}
    (area,) = read({"omgevingsnormen": [norm({"kwantitatieveWaarde": 3}, naam="maximum diepte")]}, regeling).areas
    assert (area.plan_id, area.plan_name, area.plan_status, area.date, area.url) == ("R", "Plan Kade", "vastgesteld", "2025-01-09", "https://dso.example/R")
