"""The text and the maps of an omgevingsplan: every element that is read, and what stands in for it."""

from __future__ import annotations

import pytest
from lxml import etree
from shapely import box

from drieluik.data_sources.formats.gml import GmlReader
from drieluik.data_sources.juridical.omgevingsplan import Text
from drieluik.data_sources.juridical.stop import GioValue, is_gio, is_stop, quote_of, read_gio, read_plan_record, read_texts

STOP = "https://standaarden.overheid.nl/stop/imop/data/"
RING = (
    '<gml:Polygon xmlns:gml="http://www.opengis.net/gml/3.2"><gml:exterior><gml:LinearRing><gml:posList>150000 480000 150012 480000 150012 480005 150000 480005 '
    "150000 480000</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
)


def xml(body, root="Besluit", space=STOP):
    return etree.fromstring(f'<{root} xmlns="{space}">{body}</{root}>')


@pytest.mark.parametrize("root", ["GeoInformatieObjectVaststelling", "GeoInformatieObjectVersie", "GeoInformatieObjectMutatie"])
def test_a_map_is_known_by_its_root(root):
    assert is_gio(xml("", root)) and not is_stop(xml("", root))


def test_text_is_known_by_its_namespace():
    assert is_stop(xml("")) and not is_gio(xml(""))
    assert not is_stop(etree.fromstring("<Besluit/>")) and not is_stop(xml("", space="http://www.geonovum.nl/imro/2012/1.1"))


def place(name="", key="G-1", shape=RING, more=""):
    named = f"<naam>{name}</naam>" if name else ""
    return f"<Locatie>{named}<geometrie><Geometrie><id>{key}</id><geometrie>{shape}</geometrie></Geometrie></geometrie>{more}</Locatie>"


def gio(*places, head="", root="GeoInformatieObjectVaststelling"):
    notes = []
    body = f"<GeoInformatieObjectVersie>{head}<locaties>{''.join(places)}</locaties></GeoInformatieObjectVersie>"
    found, shapes = read_gio(xml(body, root), GmlReader(), notes)
    return found, shapes, [(note.code, note.as_dict()) for note in notes]


def test_a_map_says_its_norm_its_unit_and_its_values():
    head = (
        "<FRBRWork>/join/id/regdata/gm0099/2025/hoogte</FRBRWork><normlabel>maximum bouwhoogte</normlabel><normID>.../MaximumBouwhoogte</normID><eenheidID>.../Meter</eenheidID>"
        "<eenheidlabel>meters</eenheidlabel>"
    )
    number, word = "<kwantitatieveNormwaarde>7,5</kwantitatieveNormwaarde>", "<kwalitatieveNormwaarde>laag</kwalitatieveNormwaarde>"
    found, shapes, notes = gio(place("vlak A", "GEO-a", more=number), place("vlak B", "geo-b", more=word), head=head)
    assert (found.id, found.label, found.type, found.unit, found.unit_label) == (
        "/join/id/regdata/gm0099/2025/hoogte", "maximum bouwhoogte", ".../MaximumBouwhoogte", ".../Meter", "meters",
    )
    assert found.values == (GioValue("geo-a", "7,5", ""), GioValue("geo-b", "", "laag"))
    assert set(shapes) == {"geo-a", "geo-b"} and shapes["geo-a"].equals(box(150_000, 480_000, 150_012, 480_005)) and notes == []


def test_a_map_without_a_version_of_its_own_is_read_from_its_root():
    root = xml(f"<FRBRWork>w</FRBRWork><normlabel>n</normlabel><locaties>{place()}</locaties>", "GeoInformatieObjectVersie")
    found, shapes = read_gio(root, GmlReader(), [])
    assert (found.id, found.label, found.type, found.unit, found.unit_label, set(shapes)) == ("w", "n", "", "", "", {"g-1"})


@pytest.mark.parametrize(("shape", "code"), [("", "plans_geometry_empty"), ("<gml:Polygon xmlns:gml='http://www.opengis.net/gml/3.2'/>", "plans_geometry_incomplete")])
def test_a_place_that_cannot_be_read_is_named_and_keeps_its_value(shape, code):
    found, shapes, notes = gio(place("vlak A", "G-1", shape, "<kwantitatieveNormwaarde>4</kwantitatieveNormwaarde>"), place("", "G-2", shape), place("", "", shape))
    assert [(said, data["fid"]) for said, data in notes] == [(code, "vlak A"), (code, "g-2"), (code, "")]
    assert shapes == {} and found.values[0].quantity == "4"
    assert gio("<Locatie><naam>kaal</naam></Locatie>")[2][0] == ("plans_geometry_empty", {"fid": "kaal", "what": ""})


WORK = "<FRBRWork>/akn/nl/act/gm0099/2025/omgevingsplan</FRBRWork>"


def record(body):
    return read_plan_record(xml(body))


def test_what_a_regeling_says_of_itself():
    plan = record(
        f"<FRBRWork>/akn/nl/bill/gm0099/2025/besluit</FRBRWork>{WORK}<RegelingMetadata><officieleTitel>Omgevingsplan van de gemeente Kade</officieleTitel>"
        "<citeertitel>Omgevingsplan Kade</citeertitel><soortRegeling>/join/id/stop/regelingtype_003</soortRegeling><maker>/tooi/id/gemeente/gm0001</maker>"
        "<eindverantwoordelijke>/tooi/id/gemeente/gm0099</eindverantwoordelijke></RegelingMetadata><soortProcedure>/join/id/stop/proceduretype_definitief</soortProcedure>"
        "<Procedurestap><soortStap>/join/id/stop/procedure/stap_003</soortStap><voltooidOp>2025-05-20</voltooidOp></Procedurestap>"
        "<Procedurestap><soortStap>/join/id/stop/procedure/stap_002</soortStap><voltooidOp>2025-04-17T10:00:00Z</voltooidOp></Procedurestap>"
        "<Tijdstempel><soortTijdstempel>geldigVanaf</soortTijdstempel><datum>2025-05-01</datum></Tijdstempel>"
        "<Tijdstempel><soortTijdstempel>juridischWerkendVanaf</soortTijdstempel><datum>2025-06-02T00:00:00Z</datum></Tijdstempel>"
    )
    assert (plan.id, plan.name, plan.kind, plan.status) == ("/akn/nl/act/gm0099/2025/omgevingsplan", "Omgevingsplan Kade", "omgevingsplan", "vastgesteld")
    assert (plan.date, plan.in_force, plan.authority) == ("2025-04-17", "2025-06-02", "gm0001")


def test_what_a_regeling_leaves_out():
    plan = record(WORK)
    assert (plan.id, plan.name, plan.kind, plan.status, plan.date, plan.in_force, plan.authority) == ("/akn/nl/act/gm0099/2025/omgevingsplan", "", "", "", "", "", "")
    assert record("<RegelingMetadata/>").id == "" and record("<RegelingVersieInformatie/>").name == ""
    assert record("<x/>") is None and record("<FRBRWork>/akn/nl/bill/x</FRBRWork><FRBRWork>/join/id/act/x</FRBRWork>") is None


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("001", "amvb"), ("002", "ministeriële regeling"), ("003", "omgevingsplan"), ("004", "omgevingsverordening"), ("006", "omgevingsvisie"),
        ("009", "voorbeschermingsregels"), ("010", "programma"), ("011", "reactieve interventie"), ("015", "voorbeschermingsregels omgevingsplan"),
        ("099", "regelingtype_099"),
    ],
)
def test_every_kind_of_regeling(number, kind):
    assert record(f"{WORK}<soortRegeling>/join/id/stop/regelingtype_{number}</soortRegeling>").kind == kind


@pytest.mark.parametrize(("procedure", "status"), [("proceduretype_Ontwerp", "ontwerp"), ("proceduretype_definitief", "vastgesteld"), ("", "")])
def test_a_draft_is_known_by_its_procedure(procedure, status):
    assert record(f"{WORK}<soortProcedure>{procedure}</soortProcedure>").status == status


def test_what_stands_in_for_title_date_authority_and_name_of_the_work():
    plan = record(
        "<instrumentVersie>/akn/nl/bill/x/nld@1</instrumentVersie><instrumentVersie>/akn/nl/act/gm0099/2025/plan/nld@2025-01-01</instrumentVersie>"
        "<officieleTitel>Lang</officieleTitel><maker>/tooi/id/gemeente/gm0004</maker>"
        "<Procedurestap><soortStap>stap_003</soortStap><voltooidOp>2025-05-20</voltooidOp></Procedurestap><Procedurestap><soortStap>stap_004</soortStap>"
        "<voltooidOp>2025-07-01T00:00:00</voltooidOp></Procedurestap>"
    )
    assert (plan.id, plan.name, plan.date, plan.authority) == ("/akn/nl/act/gm0099/2025/plan", "Lang", "2025-07-01", "gm0004")
    both = record(f"{WORK}<citeertitel/><RegelingMetadata><citeertitel></citeertitel><officieleTitel>Binnen</officieleTitel></RegelingMetadata><citeertitel>Buiten</citeertitel>")
    assert both.name == "Binnen"


TEXT = (
    '<Artikel wId="a1"><Kop><Label>Artikel</Label><Nummer>4.2</Nummer><Opschrift>Dak en\n  <b>kap</b> </Opschrift></Kop>'
    '<Lid wId="l1"><LidNummer>1.</LidNummer><Inhoud><Al>Elk dak heeft een kap.</Al></Inhoud></Lid>'
    '<Lid wId="l2"><LidNummer>2.</LidNummer><Inhoud><Tussenkop>Plat</Tussenkop><Al>Plat mag bij:</Al><Lijst><Li><LiNummer>a.</LiNummer><Al>een garage;</Al></Li>'
    "<Li><LiNummer>b.</LiNummer><Al>een serre.</Al></Li></Lijst></Inhoud></Lid><Lid><LidNummer>3</LidNummer><Al>Geen naam.</Al></Lid></Artikel>"
    '<Artikel wId="a2"><Inhoud><Al>Zonder kop.</Al></Inhoud><Lid wId="l3"><Al>Zonder nummer.</Al></Lid></Artikel><Artikel wId="a3"><Kop><Nummer>9</Nummer></Kop></Artikel><Artikel><Kop><Nummer>10</Nummer></Kop></Artikel>'
)


def test_articles_and_leden_by_their_wid():
    assert read_texts(xml(TEXT)) == {
        "a1": Text("4.2", "Dak en kap", "1. Elk dak heeft een kap. 2. Plat Plat mag bij: a. een garage; b. een serre. 3. Geen naam."),
        "l1": Text("4.2 lid 1", "Dak en kap", "1. Elk dak heeft een kap."), "l2": Text("4.2 lid 2", "Dak en kap", "2. Plat Plat mag bij: a. een garage; b. een serre."),
        "a2": Text("", "", "Zonder kop. Zonder nummer."), "l3": Text("", "", "Zonder nummer."), "a3": Text("9", "", ""),
    }


@pytest.mark.parametrize(
    ("body", "quote"),
    [
        ("<Al>Niet <VerwijderdeTekst>lager</VerwijderdeTekst><NieuweTekst>hoger</NieuweTekst> dan 4 m.</Al>", "Niet hoger dan 4 m."),
        ("<Al>Zie <Noot><Al>voetnoot</Al></Noot>hier.</Al><Gereserveerd/><verwijderd><Al>weg</Al></verwijderd>", "Zie hier."), ("<Al wijzigactie='verwijder'>weg</Al><Al>blijft</Al>", "blijft"),
        ("<Al wijzigactie='voegtoe'>nieuw</Al>", "nieuw"), ("<Begrip><Term>peil</Term><Definitie><Al>de kruin.</Al></Definitie></Begrip>", "peil de kruin."),
        ("<table><tgroup><row><entry>2</entry><entry>lagen</entry></row></tgroup></table>", "2 lagen"), ("<Kop><Nummer>1</Nummer></Kop><Al>tekst</Al>", "tekst"),
        ("<Al>a<!-- opmerking -->b</Al>", "ab"), ("<Gereserveerd><Al>leeg</Al></Gereserveerd>", ""), ("<Noot><Al>x</Al></Noot><VerwijderdeTekst><Al>x</Al></VerwijderdeTekst>", ""),
        ("<Al>een\n   twee</Al>", "een twee"), ("los <Al>vast</Al>", "vast"),
    ],
)
def test_the_words_of_a_text(body, quote):
    assert quote_of(xml(body, "Artikel")) == quote


def test_a_long_text_is_cut_after_a_word():
    assert quote_of(xml(f"<Al>{'abcd ' * 799}abcd.</Al>", "Artikel")) == "abcd " * 799 + "abcd."
    long = quote_of(xml(f"<Al>{'abcd ' * 800}abcde</Al>", "Artikel"))
    assert long == "abcd " * 799 + "abcd ..."
    exact = "abcd " * 799 + "abcde"
    assert len(exact) == 4000 and quote_of(xml(f"<Al>{exact}</Al>", "Artikel")) == exact
    assert quote_of(xml(f"<Al>{exact}f</Al>", "Artikel")) == "abcd " * 798 + "abcd ..."
