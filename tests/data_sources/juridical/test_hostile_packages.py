"""Deliveries of regelingen (STOP with IMOW) as they come, or are made to mislead, beside a plan of 2014: what they do, and what is said."""

from __future__ import annotations

import pytest
from invented_plans import SQUARE, document, measure, member, surface

from drieluik.data_sources.juridical.proposing import propose
from drieluik.data_sources.juridical.reader import read_plans

AT = "2026-03-15"
BASE = "NL.IMRO.0001.Basis-VA01"
DATA, TEXT = 'xmlns="https://standaarden.overheid.nl/stop/imop/data/"', 'xmlns="https://standaarden.overheid.nl/stop/imop/tekst/"'
FIRM, GONE, WAITS, UNKNOWN = ("binds", True, None), ("ended", False, None), ("waits", False, None), ("unknown", False, True)
OW = (
    '<ow:owBestand xmlns:ow="http://www.geostandaarden.nl/imow/bestanden/deelbestand" xmlns:xlink="http://www.w3.org/1999/xlink"><ow:owObject><Normen/></ow:owObject>'
    "{}</ow:owBestand>"
)
GIO = (
    '<geo:GeoInformatieObjectVersie xmlns:geo="https://standaarden.overheid.nl/stop/imop/geo/" xmlns:basisgeo="http://www.geostandaarden.nl/basisgeometrie/1.0" '
    'xmlns:gml="http://www.opengis.net/gml/3.2"><geo:FRBRWork>/join/id/regdata/gm0001/2025/kaart</geo:FRBRWork><geo:locaties><geo:Locatie><geo:naam>kom</geo:naam>'
    f"<geo:geometrie><basisgeo:Geometrie><basisgeo:id>g1</basisgeo:id><basisgeo:geometrie>{surface(SQUARE)}</basisgeo:geometrie></basisgeo:Geometrie></geo:geometrie>"
    "</geo:Locatie></geo:locaties></geo:GeoInformatieObjectVersie>"
)


def objects(authority: str = "gm0001", status: str = "", draft: str = "", qualification: str = "verbod") -> str:
    """Return an ow file: a place, a norm of 6 m there, and a rule that forbids something there."""
    def one(tag: str, key: str, body: str) -> str:
        state = f"<status>{status}</status>" if status else ""
        state += f"<procedurestatus>{draft}</procedurestatus>" if draft else ""
        return f"<ow:owObject><{tag}><identificatie>nl.imow-{authority}.{key}</identificatie>{state}{body}</{tag}></ow:owObject>"

    def ref(tag: str, key: str) -> str:
        return f'<{tag} xlink:href="nl.imow-{authority}.{key}"/>'

    at = f"<locatieaanduiding>{ref('LocatieRef', 'gebied.1')}</locatieaanduiding>"
    return OW.format("".join((
        one("Gebied", "gebied.1", '<geometrie><GeometrieRef xlink:href="g1"/></geometrie>'),
        one("Omgevingsnorm", "omgevingsnorm.1", (
            "<naam>maximum bouwhoogte</naam><type>http://x/typenorm/id/concept/MaximumBouwhoogte</type><eenheid>http://x/eenheid/id/concept/Meter</eenheid>"
            f"<normwaarde><Normwaarde><identificatie>n1</identificatie><kwantitatieveWaarde>6</kwantitatieveWaarde>{at}</Normwaarde></normwaarde>"
        )),
        one("RegelVoorIedereen", "juridischeregel.1", (
            f"<artikelOfLid>{ref('RegeltekstRef', 'regeltekst.1')}</artikelOfLid>{at}<omgevingsnormaanduiding>{ref('OmgevingsnormRef', 'omgevingsnorm.1')}"
            f"</omgevingsnormaanduiding><activiteitaanduiding>{ref('ActiviteitRef', 'activiteit.1')}<ActiviteitLocatieaanduiding><identificatie>a1</identificatie>"
            f"<activiteitregelkwalificatie>http://x/id/concept/{qualification}</activiteitregelkwalificatie>{at}</ActiviteitLocatieaanduiding></activiteitaanduiding>"
        )),
        one("Activiteit", "activiteit.1", "<naam>dakkapel plaatsen</naam>"),
    )))


def step(number: str, date: str) -> str:
    return f"<Procedurestap><soortStap>/join/id/stop/procedure/stap_{number}</soortStap><voltooidOp>{date}</voltooidOp></Procedurestap>"


def decision(
    kind: str = "003", steps: str = step("002", "2025-09-01"), works: str = "2025-10-06", procedure: str = "definitief", work: str = "",
    text: str = "RegelingCompact", act: str = "/akn/nl/act/gm0001/2025/reg",
) -> str:
    typed = f"<soortRegeling>/join/id/stop/regelingtype_{kind}</soortRegeling>" if kind else ""
    typed += f"<soortWork>/join/id/stop/{work}</soortWork>" if work else ""
    since = f"<Tijdstempel><soortTijdstempel>juridischWerkendVanaf</soortTijdstempel><datum>{works}</datum></Tijdstempel>" if works else ""
    body = f"<{text} {TEXT}><Artikel wId='w'><Kop><Nummer>3</Nummer></Kop></Artikel></{text}>" if text else ""
    return (
        f'<AanleveringBesluit xmlns="https://standaarden.overheid.nl/lvbb/stop/aanlevering/"><Procedureverloop {DATA}><procedurestappen>{steps}</procedurestappen>'
        f"</Procedureverloop><BesluitMetadata {DATA}><soortProcedure>/join/id/stop/proceduretype_{procedure}</soortProcedure></BesluitMetadata>"
        f"<ConsolidatieInformatie {DATA}><Tijdstempels>{since}</Tijdstempels></ConsolidatieInformatie><RegelingVersieInformatie><ExpressionIdentificatie {DATA}>"
        f"<FRBRWork>{act}</FRBRWork></ExpressionIdentificatie><RegelingMetadata {DATA}>{typed}<officieleTitel>Regeling</officieleTitel></RegelingMetadata>"
        f"</RegelingVersieInformatie>{body}</AanleveringBesluit>"
    )


ADOPTED = step("002", "2025-09-01")
PACKAGES = [
    ("omgevingsplan", decision(), {}, FIRM), ("temporary_rules", decision("015"), {}, FIRM), ("rules_of_a_project", decision("014"), {}, FIRM),
    ("temporary_part_without_a_kind", decision("", work="work_021"), {}, FIRM), ("consolidation_of_a_temporary_part", decision("", work="work_022"), {}, FIRM),
    ("province", decision("004"), {}, ("beside", False, None)), ("water_board", decision("005"), {}, ("beside", False, None)),
    ("vision", decision("006"), {}, ("informs", False, None)), ("intervention", decision("011"), {}, ("annuls", False, None)),
    ("kind_of_no_list", decision("088"), {}, UNKNOWN), ("no_kind_of_a_water_board", decision("", act="/akn/nl/act/ws0155/2025/v"), {"authority": "ws0155"}, UNKNOWN),
    ("no_kind_of_a_municipality", decision(""), {}, FIRM), ("objects_alone", "", {}, ("binds", True, False)), ("objects_of_a_province_alone", "", {"authority": "pv26"}, UNKNOWN),
    ("suspended", decision(steps=ADOPTED + step("019", "2025-12-01")), {}, GONE),
    ("suspended_and_lifted", decision(steps=ADOPTED + step("019", "2025-12-01") + step("020", "2026-02-01")), {}, FIRM),
    ("lifted_and_suspended_again", decision(steps=ADOPTED + step("019", "2025-12-01") + step("020", "2026-02-01") + step("019", "2026-03-01")), {}, GONE),
    ("suspended_later", decision(steps=ADOPTED + step("019", "2026-06-01")), {}, FIRM), ("suspended_without_a_date", decision(steps=ADOPTED + step("019", "")), {}, GONE),
    ("appeal", decision(steps=ADOPTED + step("018", "2025-11-01")), {}, FIRM),
    ("draft", decision(procedure="ontwerp"), {}, WAITS), ("works_next_year", decision(works="2027-01-01"), {}, WAITS), ("change_alone", decision(text="RegelingMutatie"), {}, FIRM),
]


@pytest.mark.parametrize(("name", "text", "words", "expected"), PACKAGES, ids=[name for name, *_ in PACKAGES])
def test_a_delivery_beside_a_plan(name, text, words, expected, tmp_path):
    plan, _, _ = delivered(text, objects(**words), tmp_path)
    assert (plan.effect, plan.proposed, plan.otherwise) == expected
    assert ("plans_reason_part" in {note.code for note in plan.reasons}) is (name == "change_alone")


def delivered(text, ow, folder):
    """Return the plan that a delivery makes, what it gives and what is said, beside a plan of 2014."""
    old = document(
        member("Bestemmingsplangebied", BASE, "<imro:typePlan>bestemmingsplan</imro:typePlan><imro:naam>Oud</imro:naam><imro:planstatusInfo><imro:PlanstatusEnDatum>"
               "<imro:planstatus>vastgesteld</imro:planstatus><imro:datum>2014-06-01</imro:datum></imro:PlanstatusEnDatum></imro:planstatusInfo>"),
        member("Enkelbestemming", "E.1", "<imro:naam>Wonen</imro:naam>"), measure("M.1", ("maximum bouwhoogte (m)", "12")),
    )
    for name, content in (("oud.gml", old), ("besluit.xml", text), ("ow.xml", ow), ("kaart.gml", GIO)):
        if content:
            (folder / name).write_text(content, encoding="utf-8")
    areas, plans, notes = read_plans([folder])
    (plan,) = (plan for plan in propose(plans, areas, AT, AT) if plan.id != BASE)
    return plan, [area for area in areas if area.plan_id == plan.id], notes


@pytest.mark.parametrize("qualification", ["Verbod", "Vergunningplicht", "Meldingsplicht", "Toegestaan", "AndersGeduid"])
def test_what_a_rule_says_of_an_activity_is_kept(qualification, tmp_path):
    _, areas, _ = delivered(decision(), objects(qualification=qualification), tmp_path)
    (activity,) = (area for area in areas if area.kind == "activiteit")
    assert activity.group.replace(" ", "") == qualification.lower() and activity.name == "dakkapel plaatsen"


def test_objects_that_ended_give_no_norm_and_drafts_give_one_of_a_draft(tmp_path):
    (tmp_path / "a").mkdir()
    _, areas, _ = delivered(decision(), objects(draft="ontwerp"), tmp_path / "a")
    assert {area.plan_status for area in areas if area.values} == {"ontwerp"}
