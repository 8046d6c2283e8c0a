"""The objects of an omgevingsplan as files, and the areas that they make: every element, reference and remark."""

from __future__ import annotations

import pytest
from lxml import etree
from shapely import LineString, Point, box

from drieluik.data_sources.juridical.imow import is_imow, read_imow
from drieluik.data_sources.juridical.maatvoering import level_of
from drieluik.data_sources.juridical.omgevingsplan import (
    Location,
    Named,
    Norm,
    NormValue,
    Objects,
    norm_values,
    plan_areas,
    territory,
    unit_of,
    united,
    words_of,
)
from drieluik.errors import SourceError
from drieluik.model import Plan

WEST, EAST = box(150_000, 480_000, 150_012, 480_005), box(150_012, 480_000, 150_030, 480_005)
RING = "<gml:Polygon xmlns:gml='http://www.opengis.net/gml/3.2'><gml:exterior><gml:LinearRing><gml:posList>{}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
STOP = "https://standaarden.overheid.nl/stop/imop/data/"


def corners(shape):
    return " ".join(f"{x:.0f} {y:.0f}" for x, y in shape.exterior.coords)


def place(key, shape=WEST, value=""):
    number = f"<kwantitatieveNormwaarde>{value}</kwantitatieveNormwaarde>" if value else ""
    return f"<Locatie><naam>{key}</naam><geometrie><Geometrie><id>{key}</id><geometrie>{RING.format(corners(shape))}</geometrie></Geometrie></geometrie>{number}</Locatie>"


def gio(*places, head=""):
    body = "".join(places or (place("G-w"), place("G-e", EAST)))
    return etree.fromstring(f'<GeoInformatieObjectVersie xmlns="{STOP}"><FRBRWork>/join/kaart</FRBRWork>{head}<locaties>{body}</locaties></GeoInformatieObjectVersie>')


def ow(*objects):
    body = "".join(f"<owObject>{one}</owObject>" for one in objects)
    return etree.fromstring(f'<owBestand xmlns:xlink="http://www.w3.org/1999/xlink">{body}</owBestand>')


def ref(name, target):
    return f'<{name} xlink:href="#{target}"/>'


def at(*targets):
    return f"<locatieaanduiding>{''.join(ref('LocatieRef', one) for one in targets)}</locatieaanduiding>"


def obj(kind, key, body="", more=""):
    return f"<{kind}{more}><identificatie>{key}</identificatie>{body}</{kind}>"


def location(key, geometry="", kind="Gebied", members=()):
    inside = f"<geometrie>{ref('GeometrieRef', geometry)}</geometrie>" if geometry else ""
    inside += "".join(f"<groepselement>{ref('GebiedRef', one)}</groepselement>" for one in members)
    return obj(kind, key, inside)


PLACES = (location("w", "g-W"), location("e", "G-E"))
RULES = ("RegelVoorIedereen", "Instructieregel", "Omgevingswaarderegel")


def norm(value="<kwantitatieveWaarde>6</kwantitatieveWaarde>", where="w", key="n", kind="Omgevingsnorm", said="<naam>maximum goothoogte</naam>"):
    held = f"<normwaarde><Normwaarde><identificatie>{key}v</identificatie>{value}{at(where)}</Normwaarde></normwaarde>"
    return obj(kind, key, said + held)


def read(*objects, map_=None, near=None, **documents):
    return read_imow({"plan/ow.xml": ow(*PLACES, *objects), "plan/kaart.gml": gio() if map_ is None else map_, **documents}, near)


def notes_of(found):
    return [(note.code, note.as_dict()) for note in found.notes if note.code != "sources_crs_assumed"]


def test_what_is_part_of_an_omgevingsplan():
    assert is_imow(ow()) and is_imow(gio()) and is_imow(etree.fromstring(f'<x xmlns="{STOP}"/>')) and not is_imow(etree.fromstring("<x/>"))


@pytest.mark.parametrize("kind", ["Gebied", "Gebiedengroep", "Punt", "Puntengroep", "Lijn", "Lijnengroep", "Ambtsgebied"])
def test_a_place_of_each_kind_has_its_geometry(kind):
    found = read(location("x", "g-e", kind), norm(where="x"))
    assert [(area.fid, area.geometry) for area in found.areas] == [("nv", EAST)]


def test_a_group_is_its_members_and_what_has_its_own_geometry_is_that():
    found = read(location("both", kind="Gebiedengroep", members=("w", "e")), location("own", "g-w", "Gebiedengroep", ("e",)), norm(where="both"), norm(where="own", key="m"))
    assert [area.geometry.bounds for area in found.areas] == [(150_000, 480_000, 150_030, 480_005), WEST.bounds]


@pytest.mark.parametrize("kind", RULES)
def test_a_rule_of_each_kind_ties_text_to_places_norms_and_more(kind):
    activity = f"<activiteitaanduiding>{ref('ActiviteitRef', 'act')}<ActiviteitLocatieaanduiding><identificatie>at</identificatie>" \
        f"<activiteitregelkwalificatie>http://x/id/concept/VergunningPlicht</activiteitregelkwalificatie>{at('e')}</ActiviteitLocatieaanduiding></activiteitaanduiding>"
    rule = obj(kind, "r", ref("RegeltekstRef", "t") + at("w") + f"<a>{ref('GebiedsaanwijzingRef', 'g')}</a><a>{ref('OmgevingsnormRef', 'n')}</a><a>{ref('OmgevingswaardeRef', 'o')}</a>" + activity)
    texts = etree.fromstring(f'<R xmlns="{STOP}"><FRBRWork>/akn/nl/act/gm0099/plan</FRBRWork><Artikel wId="lid"><Kop><Nummer>3.1</Nummer><Opschrift>Goot</Opschrift></Kop>'
                             "<Al>Hooguit 6 m.</Al></Artikel></R>")
    found = read(
        rule, obj("Regeltekst", "t", more=' wId="lid"'), norm(), norm("<kwalitatieveWaarde>laag</kwalitatieveWaarde>", "e", "o", "Omgevingswaarde", "<naam>fijnstof</naam>"),
        obj("Activiteit", "act", "<naam>dakkapel</naam><groep>http://x/id/concept/Bouwen</groep>"),
        obj("Gebiedsaanwijzing", "g", "<naam>Kern</naam><type>http://x/id/concept/Functie</type><groep>http://x/id/concept/CentrumGebied</groep>" + at("e")),
        **{"plan/tekst.xml": texts},
    )
    areas = {area.fid: area for area in found.areas}
    assert {key: (area.kind, area.name, area.group, area.article, area.belongs_to, area.quote) for key, area in areas.items()} == {
        "t": ("regeltekst", "Goot", "", "3.1", "", "Hooguit 6 m."), "g": ("gebiedsaanwijzing", "Kern", "functie - centrum gebied", "3.1", "t", "Hooguit 6 m."),
        "at": ("activiteit", "dakkapel", "vergunning plicht", "3.1", "t", "Hooguit 6 m."), "nv": ("omgevingsnorm", "maximum goothoogte", "", "3.1", "t", "Hooguit 6 m."),
        "ov": ("omgevingswaarde", "fijnstof", "", "3.1", "t", "Hooguit 6 m."),
    }
    assert areas["t"].geometry.equals(WEST) and areas["at"].geometry.equals(EAST) and areas["g"].geometry.equals(EAST)


def test_a_text_may_have_its_wid_as_an_element():
    texts = etree.fromstring(f'<R xmlns="{STOP}"><Artikel wId="lid"><Kop><Nummer>3.1</Nummer></Kop></Artikel></R>')
    rule = obj("RegelVoorIedereen", "r", ref("RegeltekstRef", "t") + at("w"))
    assert read(rule, obj("Regeltekst", "t", "<wId>lid</wId>"), **{"plan/tekst.xml": texts}).areas[0].article == "3.1"
    assert read(rule, obj("Regeltekst", "t", "<wId>anders</wId>"), **{"plan/tekst.xml": texts}).areas[0].article == ""


@pytest.mark.parametrize(
    ("value", "number", "said"),
    [
        ("<kwantitatieveWaarde>6</kwantitatieveWaarde>", 6.0, "6"), ("<kwalitatieveWaarde>laag</kwalitatieveWaarde>", None, "laag"),
        ("<waardeInRegeltekst>ja</waardeInRegeltekst>", None, "waarde staat in regeltekst"), ("", None, ""),
    ],
)
def test_the_value_of_a_norm(value, number, said):
    found = read(norm(value, said="<naam>minimum diepte</naam><groep>http://x/id/concept/BouwenEnMaten</groep>"))
    (area,) = found.areas
    assert (area.group, area.kind) == ("bouwen en maten", "omgevingsnorm")
    assert [(v.name, v.qualifier, v.value, v.unit, v.raw) for v in area.values] == [("diepte", "minimum", number, "m", f"minimum diepte={said}")]
    assert notes_of(found) == ([("plans_value_in_text", {"name": "minimum diepte"})] if "Regeltekst" in value else [])


def test_a_norm_of_which_the_type_says_the_term_and_the_unit_its_own():
    found = read(norm(said="<type>http://x/typenorm/id/concept/MaximumBebouwdOppervlak</type><eenheid>http://x/eenheid/id/concept/VierkanteMeter</eenheid>"))
    assert [(v.name, v.qualifier, v.unit) for v in found.areas[0].values] == [("bebouwd oppervlak", "maximum", "m2")]


@pytest.mark.parametrize("status", ["beeindigen", "beëindigen", "Beëindigen"])
def test_what_has_ended_is_left_out_and_counted(status):
    found = read("<Activiteit/>", norm(key="m", said=f"<status>{status}</status>"), f"<Activiteit><status>{status}</status></Activiteit>", norm())
    assert [area.fid for area in found.areas] == ["nv"] and notes_of(found) == [("plans_objects_ended", {"path": "ow.xml", "count": 1})]


def test_drafts_among_what_is_in_force():
    draft = "<procedurestatus>Ontwerp</procedurestatus>"
    rule = obj("RegelVoorIedereen", "r", f"<procedurestatus>ontwerp</procedurestatus>{ref('RegeltekstRef', 't')}<activiteitaanduiding>{ref('ActiviteitRef', 'act')}"
               f"<ActiviteitLocatieaanduiding><identificatie>at</identificatie>{at('e')}</ActiviteitLocatieaanduiding></activiteitaanduiding>")
    found = read(norm(said=draft), norm(key="m"), obj("Pons", "p", draft + at("w")), rule)
    assert {area.fid: area.plan_status for area in found.areas} == {"nv": "ontwerp", "mv": "", "p": "ontwerp", "at": "ontwerp"}


def test_what_belongs_to_a_text_in_draft_is_draft():
    rule = obj("RegelVoorIedereen", "r", ref("RegeltekstRef", "t") + at("w") + f"<a>{ref('OmgevingsnormRef', 'n')}</a>")
    found = read(norm(), rule, obj("Regeltekst", "t", "<procedurestatus>ontwerp</procedurestatus>"))
    assert {area.fid: area.plan_status for area in found.areas} == {"t": "ontwerp", "nv": "ontwerp"}


def test_a_pons_and_the_ground_of_the_regeling():
    found = read(obj("Pons", "p", at("w")), obj("Regelingsgebied", "rg", at("e")))
    assert [(area.fid, area.kind, area.name, area.geometry) for area in found.areas] == [("p", "pons", "pons", WEST)] and found.plans[0].geometry.equals(EAST)


@pytest.mark.parametrize(("key", "name", "kind"), [
    ("nl.imow-gm0099.gebied.1", "gm0099", "omgevingsplan"), ("nl.imow-ws0155.gebied.1", "ws0155", "regeling van een waterschap"),
    ("nl.imow-pv26.gebied.1", "pv26", "regeling van een provincie"), ("los", "omgevingsplan", "regeling zonder soort"), ("a.b", "omgevingsplan", "regeling zonder soort"),
])
def test_a_plan_without_text_is_named_by_the_ids_of_its_objects(key, name, kind):
    found = read_imow({"ow.xml": ow(location(key, "g-w"), norm(where=key)), "kaart.gml": gio()})
    (plan,) = found.plans
    assert (plan.id, plan.kind, found.areas[0].plan_id, plan.geometry) == (name, kind, name, None)
    only = read_imow({"ow.xml": ow(norm(key="nl.imow-gm0007.norm.1"), location("w", "g-w")), "kaart.gml": gio()})
    assert only.plans[0].id == "omgevingsplan"  # places go first, and this one's id names nobody


def test_files_that_hold_nothing_with_a_place_are_refused_by_name():
    for documents, name in (({"a/ow.xml": ow()}, "ow.xml"), ({"a/ow.xml": ow(), "b/kaart.gml": gio()}, "ow.xml, kaart.gml"),
                            ({f"a/{n}.xml": ow(*PLACES) for n in range(3)}, "0.xml, 1.xml, 2.xml"), ({f"a/{n}.xml": ow(location("nl.imow-gm0099.x", "g")) for n in range(4)}, "gm0099")):
        with pytest.raises(SourceError) as caught:
            read_imow(documents)
        assert (caught.value.code, caught.value.data["path"]) == ("plans_without_objects", name)


HEAD = "<normlabel>Maximum goothoogte</normlabel><normID>http://x/typenorm/id/concept/MaximumGoothoogte</normID>"


def test_a_map_without_its_norm_is_read_by_its_own_values():
    units = "<eenheidID>http://x/eenheid/id/concept/Meter</eenheidID><eenheidlabel>meters</eenheidlabel>"
    found = read_imow({"kaart.gml": gio(place("G-w", value="4,5"), place("G-e", EAST), head=HEAD + units)})
    (area,) = found.areas
    assert (area.fid, area.kind, area.name, area.plan_id, area.geometry) == ("g-w", "omgevingsnorm", "Maximum goothoogte", "omgevingsplan", WEST)
    assert [(v.name, v.qualifier, v.value, v.unit, v.raw) for v in area.values] == [("goothoogte", "maximum", 4.5, "m", "Maximum goothoogte=4,5")]
    assert notes_of(found) == []


def test_a_map_that_is_mended_or_in_another_system_is_said():
    tie = RING.format("150000 480000 150010 480010 150010 480000 150000 480010 150000 480000")
    text = etree.tostring(gio(place("G-w")), encoding="unicode")
    start, end = text.index("<gml:Polygon"), text.index("</gml:Polygon>") + len("</gml:Polygon>")
    assert notes_of(read(norm(), map_=etree.fromstring(text[:start] + tie + text[end:]))) == [
        ("sources_made_valid", {"count": 1, "path": "kaart.gml, ow.xml"}), ("sources_outline_crosses", {"path": "kaart.gml, ow.xml", "west": 150000, "south": 480000, "east": 150010, "north": 480010}),
    ]
    with pytest.raises(SourceError) as caught:
        read(norm(), map_=etree.fromstring(text.replace("<gml:Polygon", '<gml:Polygon srsName="EPSG:4258"')))
    assert caught.value.code == "sources_wrong_crs"


@pytest.mark.parametrize(
    ("units", "unit", "level"),
    [
        ("<eenheidID>http://x/id/concept/Meter</eenheidID><eenheidlabel>meters boven NAP</eenheidlabel>", "m NAP", "nap"),
        ("<eenheidID>http://x/id/concept/Meter</eenheidID><eenheidlabel>meters boven maaiveld</eenheidlabel>", "m boven maaiveld", "maaiveld"), ("<eenheidlabel>graden</eenheidlabel>", "graden", ""),
    ],
)
def test_a_map_says_from_which_level_it_measures(units, unit, level):
    found = read_imow({"kaart.gml": gio(place("G-w", value="4"), head=HEAD + units)})
    assert found.areas[0].values[0].unit == unit
    label = units.partition("<eenheidlabel>")[2].partition("<")[0]
    assert notes_of(found) == ([("plans_norm_level", {"name": "Maximum goothoogte", "unit": label, "level": level})] if level else [])


@pytest.mark.parametrize(("label", "own", "unit"), [
    ("meters boven het maaiveld", "", "m boven maaiveld"), ("meters boven het maaiveld", "<eenheid>meters boven NAP</eenheid>", "m NAP"), ("meters", "<eenheid>http://x/Meter</eenheid>", "m"),
])
def test_a_norm_counts_from_the_level_of_its_own_map(label, own, unit):
    head = f"<normlabel>maximum goothoogte</normlabel><eenheidlabel>{label}</eenheidlabel>"
    found = read(norm(said=f"<naam>maximum goothoogte</naam>{own}"), map_=gio(place("G-w", value="6"), head=head))
    assert [value.unit for area in found.areas for value in area.values] == [unit]


def test_a_map_whose_norm_is_in_the_files_adds_no_area_and_is_compared_with_it():
    found = read(norm(), norm("<kwantitatieveWaarde>7,0</kwantitatieveWaarde>", "e", "m"), map_=gio(place("G-w", value="5"), place("G-e", EAST, "7.0"), head=HEAD))
    assert [area.fid for area in found.areas] == ["nv", "mv"]
    assert notes_of(found) == [("plans_map_differs", {"name": "maximum goothoogte", "norm": "6", "map": "5"})]
    other = read(norm(said="<naam>maximum bouwhoogte</naam>"), map_=gio(place("G-w", value="5"), head=HEAD))
    assert [area.name for area in other.areas] == ["maximum bouwhoogte", "Maximum goothoogte"]


def test_a_map_of_which_only_the_type_is_known_is_read_after_one_that_names_no_norm():
    kind = "<normID>http://x/typenorm/id/concept/MaximumDiepte</normID>"
    found = read_imow({"a.gml": gio(place("G-e", EAST, "9")), "b.gml": gio(place("G-w", value="4"), head=kind)})
    assert [(area.fid, area.name, area.values[0].name, area.values[0].value) for area in found.areas] == [("g-w", "", "diepte", 4.0)]


def test_a_map_that_names_no_norm_gives_only_places():
    with pytest.raises(SourceError):
        read_imow({"kaart.gml": gio(place("G-w", value="5"))})


def objects_with(*norms, locations=(), **more):
    return Objects(locations={one.id: one for one in locations}, norms={one.id: one for one in norms}, **more)


def test_a_chain_of_groups_ends_after_twenty():
    chain = [Location(f"p{n}", members=(f"p{n + 1}",)) for n in range(21)] + [Location("p21", geometry_ids=("G",))]
    values = (NormValue("v", "6", locations=("p1",)), NormValue("far", "7", locations=("p0",)))
    areas, _, notes = plan_areas(objects_with(Norm("n", "omgevingsnorm", "maximum diepte", values=values), locations=chain), {"g": WEST}, Plan("P", "Kade"))
    assert [area.fid for area in areas] == ["v"]
    assert [(note.code, note.as_dict()) for note in notes] == [
        ("plans_values_without_place", {"fid": "far", "values": "maximum diepte=7"}), ("plans_without_geometry", {"path": "Kade", "count": 1, "ids": "maximum diepte"}),
    ]


def test_many_without_place_are_counted_and_eight_named():
    values = tuple(NormValue(f"v{n}", locations=("gone",)) for n in range(9))
    for count, ending in ((8, ""), (9, "; ...")):
        _, _, notes = plan_areas(objects_with(Norm("n", "omgevingsnorm", "", values=values[:count])), {}, Plan("P", ""))
        said = notes[-1].as_dict()
        assert (said["path"], said["count"], said["ids"]) == ("P", count, "; ".join(f"v{n}" for n in range(8)) + ending)


def test_an_area_carries_its_plan():
    plan = Plan("P", "Kade", "omgevingsplan", "vastgesteld", date="2025-01-02", url="https://x")
    objects = objects_with(locations=[Location("w", geometry_ids=("g",))], designations={"g": Named("g", "Kern", "functie", "", ("w",))})
    (area,), _, _ = plan_areas(objects, {"g": WEST}, plan)
    assert (area.plan_id, area.plan_name, area.plan_status, area.date, area.url, area.group, area.values) == ("P", "Kade", "vastgesteld", "2025-01-02", "https://x", "functie", ())


def test_places_of_the_whole_territory_are_counted_once_each():
    places = [Location("a", whole_territory=True), Location("b", whole_territory=True), Location("c", geometry_ids=("g",), whole_territory=True)]
    values = tuple(NormValue(f"v{n}", "6", locations=(key,)) for n, key in enumerate("aabc"))
    areas, _, notes = plan_areas(objects_with(Norm("n", "omgevingsnorm", "x", values=values), locations=places), {"g": WEST}, Plan("P", ""), EAST)
    assert [area.geometry for area in areas] == [EAST, EAST, EAST, WEST]
    assert [(note.code, note.as_dict()) for note in notes] == [("plans_whole_territory", {"plan": "P", "count": 2})]


def test_areas_are_united_and_go_before_lines_and_points():
    line, point = LineString([(150_000, 480_000), (150_009, 480_000)]), Point(150_001, 480_001)
    assert united([WEST, EAST]).equals(box(150_000, 480_000, 150_030, 480_005)) and united([line, WEST, point]).equals(WEST)
    assert united([line]) is line and united([line, point]).geom_type == "GeometryCollection"


def test_territory_without_a_regelingsgebied_is_unknown():
    assert territory(Objects(), {"g": WEST}) is None
    known = Objects(locations={"w": Location("w", geometry_ids=("G",))}, territory=("w",))
    assert territory(known, {"g": WEST}).equals(WEST) and territory(known, {}) is None


@pytest.mark.parametrize(
    ("name", "type_", "unit", "expected", "differs"),
    [
        ("maximum bouwhoogte hoofdgebouw", "x/MaximumBouwhoogte", "", ("bouwhoogte hoofdgebouw", "maximum", "m"), False), ("", "x/MinimumDiepte", "", ("diepte", "minimum", "m"), False),
        ("maximum diepte", "x/MaximumBouwhoogte", "", ("diepte", "maximum", "m"), True), ("maximum diepte", "", "", ("diepte", "maximum", "m"), False),
        ("maximum diepte", "", "x/Procent", ("diepte", "maximum", "%"), False), ("dichtheid", "x/Dichtheid", "x/Stuks", ("dichtheid", None, ""), False),
    ],
)
def test_what_a_norm_means(name, type_, unit, expected, differs):
    notes = []
    (one,) = norm_values(Norm("n", "omgevingsnorm", name, type_, unit), NormValue("v", "3"), notes)
    assert (one.name, one.qualifier, one.unit, one.value, one.raw) == (*expected, 3.0, f"{name or type_}=3")
    assert [(note.code, note.as_dict()) for note in notes] == ([("plans_norm_type_differs", {"name": name, "type": "maximum bouwhoogte"})] if differs else [])


@pytest.mark.parametrize(
    ("name", "type_", "name_read", "about", "limit"),
    [
        ("maximum bouwhoogte bijbehorend bouwwerk", "x/MaximumBouwhoogte", "bouwhoogte bijbehorend bouwwerk", "bijbehorend bouwwerk", "maximum"),
        ("bouwhoogte erf- en terreinafscheidingen", "x/MaximumBouwhoogte", "bouwhoogte erfafscheiding", "erfafscheiding", "maximum"),
        ("minimum bouwhoogte", "x/Bouwhoogte", "bouwhoogte", "", "minimum"), ("bouwhoogte", "x/Bouwhoogte", "bouwhoogte", "", None),
        ("maximum bouwhoogte vlaggenmasten", "", "bouwhoogte bouwwerk geen gebouw", "bouwwerk geen gebouw", "maximum"),
    ],
)
def test_a_norm_keeps_what_it_is_about_and_its_limit_word(name, type_, name_read, about, limit):
    (one,) = norm_values(Norm("n", "omgevingsnorm", name, type_), NormValue("v", "3"), [])
    assert (one.name, one.about, one.qualifier, one.quantity) == (name_read, about, limit, "bouwhoogte")


@pytest.mark.parametrize(
    ("unit", "read", "value"),
    [("x/Centimeter", "m", 8.5), ("x/Millimeter", "m", 0.85), ("x/VierkanteKilometer", "m2", 850e6), ("x/GraadHoek", "graden", 850.0), ("x/GraadCelsius", "graad celsius", 850.0)],
)
def test_a_unit_of_the_list_is_converted_and_another_stays_a_word(unit, read, value):
    (one,) = norm_values(Norm("n", "omgevingsnorm", "hoogte", "", unit), NormValue("v", "850"), [])
    assert (one.unit, one.value) == (read, pytest.approx(value))


def test_the_number_goes_before_the_word_and_both_before_the_text():
    def said(value):
        notes = []
        (one,) = norm_values(Norm("n7", "omgevingsnorm", ""), value, notes)
        return one.value, one.raw, [note.as_dict() for note in notes]

    assert said(NormValue("v", " 1.250 ", "laag", True)) == (1.25, "= 1.250 ", [])
    assert said(NormValue("v", "", "laag", True)) == (None, "=laag", [{"name": "n7"}])
    assert said(NormValue("v", "veel")) == (None, "=veel", []) and said(NormValue("v")) == (None, "=", [])


@pytest.mark.parametrize(("name", "unit", "meant"), [
    ("maximum bouwhoogte", "bouwlagen", "bouwlagen"), ("maximum bebouwingspercentage", "aantal", "aantal"), ("maximum bouwhoogte", "meter", "m"), ("maximum bouwhoogte", "", "m"),
    ("maximum aantal bouwlagen", "bouwlagen", ""), ("maximum aantal bouwlagen", "aantal", ""),
])
def test_a_count_is_no_unit_of_a_size(name, unit, meant):
    (one,) = norm_values(Norm("n", "omgevingsnorm", name, "", unit), NormValue("v", "6"), [])
    assert (one.value, one.unit) == (6.0, meant)

@pytest.mark.parametrize(
    ("concept", "unit"),
    [
        ("x/id/concept/VierkanteMeter", "m2"), ("x/KubiekeMeter", "m3"), ("kubieke meter", "m3"), ("x/Graad", "graden"), ("x/Percentage", "%"), ("x/Bouwlaag", ""), ("aantal", ""),
        ("x/Stuks", ""), ("Meter", "m"), ("meters boven het maaiveld", "m boven maaiveld"), ("meter t.o.v. NAP", "m NAP"), ("meters boven napels", "meters boven napels"), ("meters onder maaiveld", "meters onder maaiveld"),
        ("meters boven peil", "m"), ("meter, vanaf de kruin van de weg", "m boven kruin"), ("meter per woning", "m"), ("meter (-NAP)", "meter (-nap)"), ("x/MeterBovenMaaiveld", "m boven maaiveld"), ("x/Decibel", "decibel"), ("x/Procent/", "%"), ("", ""),
    ],
)
def test_units_of_the_standard(concept, unit):
    assert unit_of(concept) == unit


@pytest.mark.parametrize(("concept", "words"), [("x/id/concept/Maximum2Bouwlagen/", "maximum2 bouwlagen"), ("x/id#y/MaximumBouwHoogte", "maximum bouw hoogte"), ("Laag Niveau", "laag niveau"), ("", "")])
def test_words_of_a_concept(concept, words):
    assert words_of(concept) == words


@pytest.mark.parametrize("level", ["NAP", "maaiveld", "peil", "kruin", "straatpeil"])
def test_levels_in_a_label(level):
    assert level_of(f"meters boven {level}") == level.lower() and level_of(f"meters {level}x") == ""


@pytest.mark.parametrize(("whole", "wanted"), [(True, ["a:rest", "b", "c"]), (False, ["b"])])
def test_what_has_no_place_is_kept_apart(whole, wanted):
    """Of the first value a second location is not among the objects, of the second the map is lost, of the third nothing is said."""
    values = (NormValue("a", "6", locations=("w", "gone")), NormValue("b", "7", locations=("e",)), NormValue("c", "8", locations=("gone",)))
    objects = objects_with(Norm("n", "omgevingsnorm", "maximum diepte", values=values), locations=[Location("w", geometry_ids=("W",)), Location("e", geometry_ids=("E",))])
    areas, lost, _ = plan_areas(objects, {"w": WEST}, Plan("P", "Kade"), whole=whole)
    assert [(area.fid, area.geometry) for area in areas] == [("a", WEST)]
    assert [area.fid for area in lost] == wanted


def test_a_norm_without_a_place_lies_somewhere_where_its_article_holds():
    lost = norm("<kwantitatieveWaarde>3</kwantitatieveWaarde>", "nowhere", "q")
    found = read(norm(), lost, map_=gio(place("G-w")))
    assert [(area.fid, area.values[0].value, area.unplaced) for area in found.unplaced] == [("qv", 3.0, True)]
    empty = place("G-e", value="7").replace(corners(WEST), "150000 480000")
    alone = read_imow({"kaart.gml": gio(place("G-w", value="5"), empty, head=HEAD)})
    assert [(area.values[0].value, area.unplaced) for area in (*alone.areas, *alone.unplaced)] == [(5.0, False), (7.0, True)]
