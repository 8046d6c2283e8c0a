"""Every element of an IMRO document that a plan or an object is read from, and what stands in for it."""

from __future__ import annotations

import invented_plans as plans
import pytest
from lxml import etree
from shapely import box

from drieluik.data_sources.juridical.imro import is_imro, read_imro
from drieluik.errors import SourceError

KEY = "NL.IMRO.0001.BP1-VA01"
HEAD = plans.HEAD


def read(*members, head=HEAD, plan=None):
    return read_imro(etree.fromstring(plans.document(plans.plan() if plan is None else plan, *members, head=head)), "plan.gml")


def areas_of(*members, **more):
    return {area.fid: area for area in read(*members, **more).areas}


def notes_of(found):
    return [(note.code, note.as_dict()) for note in found.notes]


def tag(name, text):
    return f"<imro:{name}>{text}</imro:{name}>"


def plan_of(body, element="Bestemmingsplangebied"):
    (plan,) = read(plan=plans.member(element, KEY, body)).plans
    return plan


@pytest.mark.parametrize(
    ("root", "known"),
    [
        ('<x:FeatureCollection xmlns:x="http://www.geonovum.nl/IMRO/2012/1.1"/>', True), ("<FeatureCollectionIMRO/>", True), ('<x:FeatureCollection xmlns:x="http://x"/>', False),
        ("<FeatureCollection/>", False),
    ],
)
def test_imro_is_known_by_its_root(root, known):
    assert is_imro(etree.fromstring(root)) is known


@pytest.mark.parametrize(
    ("text", "code"),
    [("<FeatureCollection/>", "sources_no_imro"), (plans.document(plans.member("Bouwvlak", "b")), "plans_without_plan"),
     (plans.document(plans.member("Bestemmingsplangebied", "p", tag("typePlan", "x"), "")), "plans_without_objects")],
)
def test_what_is_no_plan_is_refused_by_name(text, code):
    with pytest.raises(SourceError) as caught:
        read_imro(etree.fromstring(text), "plan.gml")
    assert (caught.value.code, caught.value.data) == (code, {"path": "plan.gml"})


def test_what_a_plan_says_of_itself():
    link = "<imro:verwijzingNaarTekstInfo><imro:T><imro:verwijzingNaarTekst>r_kom.html</imro:verwijzingNaarTekst><imro:typeTekst>regels</imro:typeTekst></imro:T></imro:verwijzingNaarTekstInfo>"
    plan = plan_of(tag("naam", "Kom") + tag("typePlan", "Wijzigingsplan") + tag("naamOverheid", "gemeente Dijk") + tag("planstatus", "Ontwerp") + tag("datum", "2021-08-09") + link)
    assert (plan.id, plan.name, plan.kind, plan.status, plan.date, plan.authority) == (KEY, "Kom", "wijzigingsplan", "ontwerp", "2021-08-09", "gemeente Dijk")
    assert plan.url == f"https://ruimtelijkeplannen.nl/documents/{KEY}/r_kom.html"
    assert plan.geometry.equals(box(100_000, 400_000, 100_010, 400_010)) and plan.changes == ()


@pytest.mark.parametrize("element", ["typePlan", "planstatusInfo", "planstatus", "besluitnummer"])
def test_an_object_that_has_what_only_a_plan_has_is_the_plan(element):
    found = read(plans.member("Bouwvlak", "b"), plan=plans.member("Gebied_X", "p", tag(element, "x")))
    assert found.plans[0].id == "p" and [area.kind for area in found.areas] == ["plangebied", "bouwvlak"]


@pytest.mark.parametrize("element", ["ExternPlanReferentie_BP", "ExternPlanReferentie", "ExternPlanReferentie_XGB", "ExternPlanReferentie_PV", "ExternPlanReferentiePG_SV"])
def test_the_plans_that_it_changes(element):
    one, none = (f"<imro:{element}>{tag('idnExternPlan', key)}</imro:{element}>" for key in ("NL.OUD", ""))
    assert plan_of(tag("typePlan", "x") + one + none).changes == ("NL.OUD",)


@pytest.mark.parametrize(
    ("role", "changes"),
    [
        ("ter vervanging van extern plan/besluit", True), ("gedeeltelijke herziening van extern plan", True), ("als mutatie opgenomen", True),
        ("ten gevolge van extern plan/besluit", True), ("informatie in extern plan/besluit", False), ("in extern plan/besluit uit te werken", False),
        ("in extern plan/besluit uitgewerkt", False), ("", True),
    ],
)
def test_the_role_of_a_reference_says_whether_it_changes_the_other(role, changes):
    named = f"<imro:ExternPlanReferentie_BP>{tag('idnExternPlan', 'NL.OUD')}{tag('rolExternPlan', role)}</imro:ExternPlanReferentie_BP>"
    found = plan_of(tag("typePlan", "x") + named)
    assert (*found.changes, *found.replaces) == (("NL.OUD",) if changes else ())
    assert bool(found.replaces) is role.startswith("ter vervanging")


def test_an_object_of_2006_is_of_the_kind_that_its_type_says():
    (_, area) = read(plans.member("Bestemmingsvlak", "b", tag("typePlanobject", "bestemmingsvlak; enkelbestemming"))).areas
    assert area.kind == "enkelbestemming"


def state(date, status):
    return f"<imro:planstatusInfo><imro:P>{tag('planstatus', status)}{tag('datum', date)}</imro:P></imro:planstatusInfo>"


def test_the_last_of_several_statuses_counts_wherever_it_stands():
    plan = plan_of(tag("typePlan", "x") + state("2022-02-02", "Vastgesteld") + state("2020-01-01", "ontwerp"))
    assert (plan.status, plan.date) == ("vastgesteld", "2022-02-02")
    (area,) = read(plan=plans.member("Gebied", "p", state("2022-02-02", "Vastgesteld"))).areas
    assert (area.plan_status, area.date, area.plan_id) == ("vastgesteld", "2022-02-02", "p")


def test_what_an_object_says_of_itself():
    body = tag("naam", "Wonen") + tag("artikelnummer", "5") + tag("bestemmingshoofdgroep", "wonen") + tag("verwijzingNaarTekst", "https://a.example/r.html, https://b.example")
    area = areas_of(plans.member("Enkelbestemming", "e", body))["e"]
    assert (area.kind, area.name, area.article, area.group, area.url) == ("enkelbestemming", "Wonen", "5", "wonen", "https://a.example/r.html")
    assert (area.plan_id, area.plan_name, area.plan_status, area.date, area.belongs_to, area.values) == (KEY, "Dorp", "vastgesteld", "2020-05-01", "", ())
    assert areas_of(plans.member("Gebiedsaanduiding", "g", tag("gebiedsaanduidinggroep", "geluidzone")))["g"].group == "geluidzone"


@pytest.mark.parametrize(
    ("texts", "url"),
    [
        ((("toelichting", "t.html"), ("regels", "r.html")), f"https://ruimtelijkeplannen.nl/documents/{KEY}/r.html"),
        ((("toelichting", "t.html"), ("vaststellingsbesluit", "v.html")), f"https://ruimtelijkeplannen.nl/documents/{KEY}/t.html"),
        ((("regels", ""), ("toelichting", "http://x.example/t.html")), "http://x.example/t.html"), ((("regels", ""),), ""),
    ],
)
def test_the_address_of_the_rules_goes_before_other_texts(texts, url):
    body = "".join(f"<imro:verwijzingNaarTekstInfo><imro:T>{tag('verwijzingNaarTekst', link)}{tag('typeTekst', kind)}</imro:T></imro:verwijzingNaarTekstInfo>" for kind, link in texts)
    assert areas_of(plans.member("Bouwvlak", "b", body))["b"].url == url


def identity(body):
    """The ids of objects without a gml:id."""
    member = plans.member("Bouwvlak", "b", body).replace(' gml:id="b"', "")
    return next(area.fid for area in read(member).areas if area.kind == "bouwvlak")


def test_the_id_of_an_object_that_has_no_gml_id():
    assert identity(tag("identificatie", "NL.5")) == "NL.5"
    assert identity(tag("identificatie", f"<imro:NEN3610ID>{tag('namespace', 'NL.IMRO')}{tag('lokaalID', '77')}</imro:NEN3610ID>")) == "NL.IMRO.77"
    assert identity(tag("identificatie", f"<imro:NEN3610ID>{tag('lokaalID', '77')}</imro:NEN3610ID>")) == "77"
    assert identity("") == ""


@pytest.mark.parametrize("name", ["bouwvlak", "aanduiding", "bestemmingsvlak", "besluitvlak", "besluitgebied", "structuurvisiegebied"])
def test_what_an_object_belongs_to(name):
    found = read(plans.member("Figuur", "f", f'<imro:{name} xlink:href="#b"/>'), plans.member("Bouwvlak", "b"))
    assert next(area for area in found.areas if area.fid == "f").belongs_to == "b" and notes_of(found) == []


def ref(name, target):
    return f'<imro:{name} xlink:href="#{target}"/>'


def test_the_nearest_owner_goes_first_and_an_enkelbestemming_before_another():
    owners = plans.member("Enkelbestemming", "e"), plans.member("Dubbelbestemming", "d"), plans.member("Bouwvlak", "b")
    assert areas_of(plans.member("Maatvoering", "m", ref("bestemmingsvlak", "e") + ref("bouwvlak", "b")), *owners)["m"].belongs_to == "b"
    assert areas_of(plans.member("Maatvoering", "m", ref("bestemmingsvlak", "d") + ref("bestemmingsvlak", "e")), *owners)["m"].belongs_to == "e"
    assert areas_of(plans.member("Maatvoering", "m", ref("bestemmingsvlak", "gone") + ref("bestemmingsvlak", "d")), *owners)["m"].belongs_to == "gone"
    assert areas_of(plans.member("Maatvoering", "m", ref("bouwvlak", "") + ref("bestemmingsvlak", "d")), *owners)["m"].belongs_to == "d"


def test_an_article_is_that_of_the_owner_up_to_four_steps_away():
    chain = [plans.member("Figuur", f"f{n}", ref("aanduiding", f"f{n + 1}")) for n in range(5)]
    found = areas_of(*chain, plans.member("Enkelbestemming", "f5", tag("artikelnummer", "8") + tag("verwijzingNaarTekst", "https://a.example")))
    assert [found[f"f{n}"].article for n in range(6)] == ["", "8", "8", "8", "8", "8"]
    assert found["f4"].url == "https://a.example" and areas_of(plans.member("Figuur", "f", ref("aanduiding", "f")))["f"].article == ""


def test_owners_that_are_not_in_the_file_are_counted_and_the_first_named():
    found = read(plans.member("Figuur", "f", ref("aanduiding", "gone")), plans.member("Figuur", "g", ref("aanduiding", "away")))
    assert notes_of(found) == [("plans_dangling", {"path": "plan.gml", "count": 2, "first": "gone"})]


@pytest.mark.parametrize("wrapper", ["featureMember", "featureMembers", "member"])
def test_members_in_every_wrapper(wrapper):
    text = plans.document(plans.plan(), plans.member("Bouwvlak", "b")).replace("imro:featureMember", f"imro:{wrapper}")
    assert [area.kind for area in read_imro(etree.fromstring(text), "x").areas] == ["plangebied", "bouwvlak"]
    bare = plans.document(plans.plan(), plans.member("Bouwvlak", "b")).replace("<imro:featureMember>", "").replace("</imro:featureMember>", "")
    assert [area.kind for area in read_imro(etree.fromstring(bare), "x").areas] == ["plangebied", "bouwvlak"]


@pytest.mark.parametrize("kind", ["MetadataIMRObestand", "boundedBy", "Metadata"])
def test_what_is_no_object_is_passed_over(kind):
    found = read(plans.member(kind, "x"))
    assert [area.fid for area in found.areas] == [KEY] and notes_of(found) == []


def test_the_own_geometry_goes_before_that_of_labels():
    other = plans.surface("100500 400500 100510 400500 100510 400510 100500 400500")
    label = f"<imro:geometrieLabel>{other}</imro:geometrieLabel>"
    assert areas_of(plans.member("Bouwvlak", "b", label))["b"].geometry.area == 100
    only = areas_of(plans.member("Bouwvlak", "b", f"<imro:geometrieVlak>{other}</imro:geometrieVlak>", ""))["b"]
    assert only.geometry.area == 50 and areas_of(plans.member("Bouwvlak", "b", "<imro:geometrie/>" + label, ""))["b"].geometry.area == 50


def test_objects_without_a_place_are_named_with_their_values():
    long = tag("naam", "m") + f"<imro:i>{tag('waarde', 'hoog ' * 80)}{tag('waardeType', 'maximum diepte (m)')}</imro:i>"
    pairs = ("maximum bouwhoogte (m)", "9"), ("maximum breedte (m)", "4")
    found = read(plans.measure("m1", *pairs, geometry=""), plans.member("Maatvoering", "m2", long, ""), plans.member("Bouwvlak", "b", "", "").replace(' gml:id="b"', ""),
                 plans.member("Figuur", "f", geometry="<gml:Surface/>"))
    assert notes_of(found)[:2] == [
        ("plans_values_without_place", {"fid": "m1", "values": "maximum bouwhoogte (m)=9; maximum breedte (m)=4"}),
        ("plans_values_without_place", {"fid": "m2", "values": ("maximum diepte (m)=" + "hoog " * 80)[:300]}),
    ]
    assert notes_of(found)[2][1]["fid"] == "f" and notes_of(found)[3] == ("plans_without_geometry", {"path": "plan.gml", "count": 4, "ids": "m1, m2, bouwvlak, f"})


@pytest.mark.parametrize(("value", "kind"), [("waarde", "waardeType"), ("omvangWaarde", "omvangType"), ("waarde", "typeWaarde")])
def test_values_by_each_pair_of_elements(value, kind):
    body = tag("naam", "maximum lengte (m)") + f"<imro:i>{tag(value, '7,5')}{tag(kind, 'minimum diepte (m)')}</imro:i><imro:i>{tag(value, '8')}</imro:i>"
    found = areas_of(plans.member("Maatvoering", "m", body))["m"]
    assert [(v.name, v.qualifier, v.value, v.raw) for v in found.values] == [
        ("diepte", "minimum", 7.5, "minimum diepte (m)=7,5"), ("lengte", "maximum", 8.0, "maximum lengte (m)=8"),
    ]


def test_a_value_inside_a_value_is_one_value():
    body = tag("naam", "maximum lengte (m)") + f"<imro:waarde><imro:W>{tag('waarde', '3')}{tag('waardeType', 'maximum diepte (m)')}</imro:W></imro:waarde>"
    assert [(v.name, v.value) for v in areas_of(plans.member("Maatvoering", "m", body))["m"].values] == [("diepte", 3.0)]


def symbols(head=HEAD, more=""):
    found = read(plans.measure("m", ("maximum bouwhoogte (m)", "9"), code="s101"), head=head, plan=plans.plan(more=more))
    return [code for code, _ in notes_of(found)]


def test_symbol_codes_are_read_where_imro_2012_numbers_them():
    assert symbols() == ["plans_symbol_contradicts"]
    assert symbols(HEAD.replace("2012", "2008")) == [] and symbols(HEAD.replace("2012", "2006")) == []
    assert symbols(more=tag("verwijzingNorm", "IMRO2008")) == [] and symbols(HEAD.replace("2012", "2008"), tag("verwijzingNorm", "SVBP2008") + tag("verwijzingNorm", "IMRO2012")) != []
    assert symbols(HEAD.replace("2012", "2008"), tag("naamApplicatieschema", "IMRO2012")) == ["plans_symbol_contradicts"]
    assert symbols(HEAD.replace("2012", "2008"), tag("naamApplicatieschema", "IMKL2015")) == []


def test_a_mended_polygon_and_a_foreign_system_are_said():
    tie = plans.surface("100000 400000 100010 400010 100010 400000 100000 400010 100000 400000")
    assert notes_of(read(plans.member("Bouwvlak", "b", geometry=tie))) == [
        ("sources_made_valid", {"count": 1, "path": "plan.gml"}), ("sources_outline_crosses", {"path": "plan.gml", "west": 100000, "south": 400000, "east": 100010, "north": 400010}),
    ]
    with pytest.raises(SourceError) as caught:
        read(plans.member("Bouwvlak", "b", geometry=plans.surface().replace("28992", "4326")))
    assert caught.value.code == "sources_wrong_crs"
