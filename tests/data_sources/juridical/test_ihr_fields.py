"""Every member of the plan API's answers that a plan or an object is read from, with the spellings that stand in for it."""

from __future__ import annotations

import pytest
from shapely import LineString, box
from shapely.geometry import mapping

from drieluik.data_sources.juridical.ihr import read_ihr
from drieluik.errors import SourceError

PLOT = box(120_000, 450_000, 120_040, 450_025)


def one_plan(**members):
    (plan,) = read_ihr([{"id": "NL.IMRO.0344.BP7-VA01", **members}], {}).plans
    return plan


def one_area(kind="bouwvlakken", plan=None, **members):
    (area,) = read_ihr([{"id": "P", **(plan or {})}], {kind: [{"planId": "P", "id": "o1", "geometrie": mapping(PLOT), **members}]}).areas
    return area


def notes_of(kind, *objects):
    return [(note.code, note.as_dict()) for note in read_ihr([{"id": "P"}], {kind: list(objects)}).notes]


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ("bestemmingsvlakken", "enkelbestemming"), ("bouwvlakken", "bouwvlak"), ("maatvoeringen", "maatvoering"), ("bouwaanduidingen", "bouwaanduiding"),
        ("functieaanduidingen", "functieaanduiding"), ("gebiedsaanduidingen", "gebiedsaanduiding"), ("figuren", "figuur"),
        ("lettertekenaanduidingen", "lettertekenaanduiding"), ("besluitvlakken", "besluitvlak"), ("besluitsubvlakken", "besluitsubvlak"),
        ("structuurvisiegebieden", "structuurvisiegebied"), ("iets nieuws", "iets nieuws"),
    ],
)
def test_each_collection_gives_its_kind(member, kind):
    assert one_area(member).kind == kind


@pytest.mark.parametrize(("type_", "kind"), [("enkelbestemming", "enkelbestemming"), ("Dubbelbestemming", "dubbelbestemming"), ("", "enkelbestemming")])
def test_a_bestemming_is_double_when_its_type_says_so(type_, kind):
    assert one_area("bestemmingsvlakken", type=type_).kind == kind
    assert one_area("bouwvlakken", type=type_).kind == "bouwvlak"


def test_what_a_plan_says_of_itself():
    plan = one_plan(
        naam="Kom Oost", type="Wijzigingsplan", planstatusInfo={"planstatus": "Vastgesteld", "datum": "2019-11-07T09:30:00"},
        dossier={"status": "Deels Onherroepelijk in werking"}, beleidsmatigVerantwoordelijkeOverheid={"naam": "gemeente Oostdijk", "code": "0344"},
        verwijzingNaarTekst="https://plannen.example/r.html", geometrie=mapping(PLOT), isParapluplan=True, isHistorisch=True,
        relatiesMetExternePlannen=[{"id": "NL.IMRO.0344.BP1-VA01"}, {"naam": "zonder id"}, "tekst", {"id": 12}],
    )
    assert (plan.id, plan.name, plan.kind, plan.status, plan.date) == ("NL.IMRO.0344.BP7-VA01", "Kom Oost", "wijzigingsplan", "vastgesteld", "2019-11-07")
    assert (plan.dossier_status, plan.authority, plan.url) == ("deels onherroepelijk in werking", "gemeente Oostdijk", "https://plannen.example/r.html")
    assert (plan.umbrella, plan.historic, plan.changes) == (True, True, ("NL.IMRO.0344.BP1-VA01", "12"))
    assert plan.geometry.equals(PLOT)


def test_what_a_plan_leaves_out():
    plan = one_plan()
    assert (plan.name, plan.kind, plan.status, plan.dossier_status, plan.date, plan.authority, plan.url) == ("",) * 7
    assert (plan.umbrella, plan.historic, plan.changes, plan.geometry) == (False, False, (), None)
    assert not one_plan(isParapluplan="ja").umbrella and not one_plan(isHistorisch=1).historic


@pytest.mark.parametrize("member", ["type", "typePlan", "planType"])
def test_the_kind_of_a_plan_by_each_spelling(member):
    assert one_plan(**{member: "Beheersverordening"}).kind == "beheersverordening"
    assert one_plan(naam="TAM-omgevingsplan Kade", **{member: "bestemmingsplan"}).kind == "TAM-omgevingsplan"


def test_status_date_and_authority_of_the_plan_itself_when_no_part_has_them():
    plan = one_plan(planstatus="Ontwerp", datum="2022-02-28", naamOverheid="gemeente Westdijk", planstatusInfo={"planstatus": ""}, beleidsmatigVerantwoordelijkeOverheid="x")
    assert (plan.status, plan.date, plan.authority) == ("ontwerp", "2022-02-28", "gemeente Westdijk")
    both = one_plan(
        planstatus="ontwerp", datum="2022-02-28", naamOverheid="a", planstatusInfo={"planstatus": "vastgesteld", "datum": "2023-06-01"},
        beleidsmatigVerantwoordelijkeOverheid={"naam": "b"},
    )
    assert (both.status, both.date, both.authority) == ("vastgesteld", "2023-06-01", "b")


def test_an_object_says_its_own_and_its_plan_the_rest():
    plan = {"naam": "Kom", "planstatus": "vastgesteld", "datum": "2018-01-02", "verwijzingNaarTekst": "https://plannen.example/p"}
    area = one_area("gebiedsaanduidingen", plan, naam="geluidzone", artikelnummer="31.2", gebiedsaanduidinggroep="geluidzone")
    assert (area.fid, area.name, area.article, area.group) == ("o1", "geluidzone", "31.2", "geluidzone")
    assert (area.plan_id, area.plan_name, area.plan_status, area.date, area.url) == ("P", "Kom", "vastgesteld", "2018-01-02", "https://plannen.example/p")
    assert one_area("bestemmingsvlakken", bestemmingshoofdgroep="wonen").group == "wonen"
    assert one_area(plan=plan, verwijzingNaarTekst="https://plannen.example/o").url == "https://plannen.example/o"


def test_other_names_for_an_objects_id_plan_and_geometry():
    found = read_ihr([{"id": "Q", "naam": "Kom"}], {"figuren": [{"plangebied": "Q", "identificatie": "NL.4", "geometry": mapping(PLOT)}]})
    (area,) = found.areas
    assert (area.fid, area.plan_id, area.plan_name) == ("NL.4", "Q", "Kom") and area.geometry.equals(PLOT)


def test_an_object_of_a_plan_that_is_not_in_the_answer_keeps_the_plans_id():
    area = one_area(planId="elders")
    assert (area.plan_id, area.plan_name, area.plan_status, area.date, area.url) == ("elders", "", "", "", "")


def test_a_single_object_without_a_list():
    found = read_ihr([{"id": "P"}], {"bouwvlakken": {"planId": "P", "id": "b", "geometrie": mapping(PLOT)}})
    assert [area.fid for area in found.areas] == ["b"]


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://a.example", "https://a.example"), (["https://a.example", "https://b.example"], "https://a.example"), ({"href": "https://a.example"}, "https://a.example"),
        ([{"url": "https://a.example"}], "https://a.example"), ([], ""), (None, ""), (5, ""), ([7], ""),
    ],
)
def test_the_address_of_the_rules(given, url):
    assert one_area(verwijzingNaarTekst=given).url == url


@pytest.mark.parametrize("member", ["bouwvlak", "aanduiding", "bestemmingsvlak", "bouwvlakken", "aanduidingen", "bestemmingsvlakken"])
@pytest.mark.parametrize("given", ["ref-8", {"id": "ref-8"}, ["ref-8", "ref-9"], [{"id": "ref-8"}]])
def test_what_an_object_belongs_to(member, given):
    assert one_area("maatvoeringen", **{member: given}).belongs_to == "ref-8"


def test_the_nearest_owner_goes_first_and_an_empty_one_is_passed_over():
    assert one_area("maatvoeringen", bestemmingsvlak="e", bouwvlak="b").belongs_to == "b"
    assert one_area("maatvoeringen", bouwvlak=[], aanduiding=None, bestemmingsvlak="e").belongs_to == "e"
    assert one_area("maatvoeringen", bouwvlak=4).belongs_to == ""


def test_values_of_a_maatvoering():
    area = one_area("maatvoeringen", naam="minimum diepte (m)", omvang=[
        {"naam": "maximum bouwhoogte (m)", "waarde": "7,5"}, "los", {"naam": "vrije tekst", "waarde": 4}, {"naam": "maximum aantal bouwlagen", "waarde": "2"},
    ])
    assert [(v.name, v.qualifier, v.value, v.unit) for v in area.values] == [
        ("bouwhoogte", "maximum", 7.5, "m"), ("diepte", "minimum", 4.0, "m"), ("aantal bouwlagen", "maximum", 2.0, ""),
    ]
    assert one_area("maatvoeringen", omvang="x").values == ()


def test_an_object_without_geometry_is_counted_and_its_values_named():
    pairs = [{"naam": "maximum bouwhoogte (m)", "waarde": "7,5"}, {"naam": "maximum goothoogte (m)", "waarde": "laag " * 80}]
    assert notes_of("maatvoeringen", {"planId": "P", "id": "m1", "omvang": pairs}, {"planId": "P"}, {"planId": "P", "id": "m3", "geometrie": {}}) == [
        ("plans_values_without_place", {"fid": "m1", "values": ("maximum bouwhoogte (m)=7,5; maximum goothoogte (m)=" + "laag " * 80)[:300]}),
        ("plans_without_geometry", {"path": "IHR", "count": 3, "ids": "m1, maatvoeringen, m3"}),
    ]


def test_a_geometry_that_cannot_be_read_is_named_with_the_reason():
    code, said = notes_of("bouwvlakken", {"id": "b4", "geometrie": {"type": "Veelhoek met een naam die veel te lang is om in een zin te staan, echt waar", "coordinates": []}})[0]
    assert (code, said["fid"], len(said["what"])) == ("plans_geometry_numbers", "b4", 60)
    assert said["what"].lower().startswith("unknown geometry type")


def test_a_bow_tie_is_made_valid_and_a_height_is_left_out():
    tie = {"type": "Polygon", "coordinates": [[[120_000, 450_000, 3], [120_010, 450_010, 3], [120_010, 450_000, 3], [120_000, 450_010, 3], [120_000, 450_000, 3]]]}
    found = read_ihr([{"id": "P"}], {"bouwvlakken": [{"planId": "P", "id": "b", "geometrie": tie}]})
    assert found.areas[0].geometry.is_valid and found.areas[0].geometry.area == pytest.approx(50) and not found.areas[0].geometry.has_z
    assert [(note.code, note.as_dict()) for note in found.notes] == [
        ("sources_made_valid", {"count": 1, "path": "IHR"}), ("sources_outline_crosses", {"path": "IHR", "west": 120000, "south": 450000, "east": 120010, "north": 450010}),
    ]


def test_a_line_stays_a_line_and_an_empty_geometry_is_none():
    line = LineString([(120_000, 450_000), (120_030, 450_000)])
    assert one_area("figuren", geometrie=mapping(line)).geometry.equals(line)
    assert notes_of("figuren", {"id": "f", "geometrie": {"type": "Polygon", "coordinates": []}}) == [("plans_without_geometry", {"path": "IHR", "count": 1, "ids": "f"})]


@pytest.mark.parametrize(("plans", "objects", "missing"), [([{"naam": "x"}], {}, "id"), (["x"], {}, "id"), ([], {"figuren": ["x"]}, "figuren"), ([], {"figuren": "x"}, "figuren")])
def test_another_shape_names_the_service_and_what_is_missing(plans, objects, missing):
    with pytest.raises(SourceError) as caught:
        read_ihr(plans, objects)
    assert (caught.value.code, caught.value.data) == ("plans_other_shape", {"path": "IHR", "missing": missing})


def test_relations_are_an_object_of_lists_and_say_which_plan_goes_before():
    other = {"id": "M", "naam": "moeder", "type": "bestemmingsplan", "relatiesMetExternePlannen": {"uitgewerktIn": [{"id": "K"}], "gebruiktInformatieUit": [{"id": "X"}]}}
    child = {"id": "K", "naam": "kind", "type": "uitwerkingsplan", "relatiesMetExternePlannen": {"vervangt": [{"id": "O"}], "uitTeWerkenIn": [{"id": "Z"}]}}
    found = {plan.id: plan for plan in read_ihr([other, child], {}).plans}
    assert found["M"].changes == ()
    assert (found["K"].replaces, found["K"].changes) == (("O",), ("M",))


def test_what_others_say_of_a_plan_counts_as_well():
    old = {"id": "O", "naam": "oud", "relatiesVanuitExternePlannen": {"vervangt": [{"id": "N"}]}}
    found = {plan.id: plan for plan in read_ihr([old, {"id": "N", "naam": "nieuw"}], {}).plans}
    assert (found["N"].replaces, found["N"].changes) == (("O",), ())


def test_a_plan_that_was_removed_or_ended_says_when():
    ended = {"id": "P", "naam": "p", "verwijderdOp": "2024-02-01", "eindeRechtsgeldigheid": "2024-01-31", "regelStatus": "nietGeldend"}
    (plan,) = read_ihr([ended], {}).plans
    assert (plan.ended, plan.dossier_status) == ("2024-01-31", "nietgeldend")
