"""Documents as they come, or are made to mislead: each beside a plan of 2014 on the same ground, and what both then do there."""

from __future__ import annotations

import json

from invented_plans import SQUARE, document, measure, member, surface

AT = "2026-03-15"
RING = [[float(x), float(y)] for x, y in zip(SQUARE.split()[::2], SQUARE.split()[1::2])]
BASE = "NL.IMRO.0001.Basis-VA01"
FIRM, OPEN, GONE = ("binds", True, None), ("binds", True, False), ("ended", False, None)
REPLACES, ANNULS, WAITS, UNKNOWN = ("replaces", True, None), ("annuls", False, None), ("waits", False, None), ("unknown", False, True)


def info(status: str, date: str) -> str:
    return (
        f"<imro:planstatusInfo><imro:PlanstatusEnDatum><imro:planstatus>{status}</imro:planstatus><imro:datum>{date}</imro:datum>"
        "</imro:PlanstatusEnDatum></imro:planstatusInfo>"
    )


def reference(number: str = "", name: str = "", role: str = "", element: str = "ExternPlanReferentie_XGB") -> str:
    told = (("naamExternPlan", name), ("idnExternPlan", number), ("rolExternPlan", role))
    return f"<imro:{element}>{''.join(f'<imro:{tag}>{text}</imro:{tag}>' for tag, text in told if text)}</imro:{element}>"


def imro(
    kind: str | None, more: str = "", status: str = "vastgesteld", date: str = "2025-10-06", element: str = "Besluitgebied_X", key: str = "NL.IMRO.0001.Nieuw-VA01",
    name: str = "Nieuw", inside: str = "Besluitvlak_X", states: str = "",
) -> str:
    typed = "" if kind is None else f"<imro:typePlan>{kind}</imro:typePlan>"
    said = states or info(status, date)
    return document(
        member(element, key, f"{typed}<imro:naam>{name}</imro:naam>{said}{more}"), member(inside, "V.1", "<imro:naam>vlak</imro:naam>"),
        measure("M.1", ("maximum bouwhoogte (m)", "6")),
    )


def plan(kind: str = "bestemmingsplan", **words) -> str:
    return imro(kind, **{"element": "Bestemmingsplangebied", "inside": "Enkelbestemming", **words})


def old() -> str:
    return imro("bestemmingsplan", date="2014-06-01", element="Bestemmingsplangebied", key=BASE, name="Basisplan Dorp", inside="Enkelbestemming")


def dso(code: str = "", word: str = "", identity: str = "/akn/nl/act/gm0001/2025/regeling", record: dict | None = None, **words) -> str:
    place = "nl.imow-gm0001.gebied.1"
    kind = {"type": {key: value for key, value in (("code", code), ("waarde", word)) if value}} if code or word else {}
    return json.dumps({
        "regeling": {
            "identificatie": identity, "officieleTitel": "Regeling", **kind,
            "geregistreerdMet": {"beginInwerking": "2025-10-06", "beginGeldigheid": "2025-10-06", "versie": 1, **(record or {})}, **words,
        },
        "annotations": {
            "locaties": [{"identificatie": place, "locatieType": "Gebied", "geometrieIdentificatie": "g"}],
            "omgevingsnormen": [{
                "identificatie": "nl.imow-gm0001.omgevingsnorm.1", "naam": "maximum bouwhoogte", "type": {"waarde": "maximum bouwhoogte"},
                "eenheid": {"waarde": "meter"}, "normwaarden": [{"identificatie": "w", "locatieRefs": [place], "kwantitatieveWaarde": 6}],
            }],
        },
        "geometries": {"g": {"type": "Polygon", "coordinates": [RING]}},
    })


def ihr(kind: str = "bestemmingsplan", related: object = None, back: object = None, **words) -> str:
    one = {
        "id": "NL.IMRO.0001.Nieuw-VA01", "naam": "Nieuw", "type": kind, "planstatusInfo": {"planstatus": "vastgesteld", "datum": "2025-10-06"},
        "dossier": {"status": "geheel in werking"}, **words,
    }
    one |= {"relatiesMetExternePlannen": related} if related is not None else {}
    one |= {"relatiesVanuitExternePlannen": back} if back is not None else {}
    return json.dumps({"plans": [one], "objects_by_kind": {"bestemmingsvlakken": [
        {"id": "b", "planId": one["id"], "naam": "Wonen", "type": "enkelbestemming", "geometrie": {"type": "Polygon", "coordinates": [RING]}},
    ]}})


def feature(**words) -> str:
    told = {"gml_id": "eb_1", "naam": "Wonen", "bestemmingshoofdgroep": "wonen", "plangebied": "NL.IMRO.0001.Nieuw-VA01", "planstatus": "vastgesteld",
            "datum": "2025-10-06", "typeplan": "bestemmingsplan", "objecttype": "enkelbestemming", **words}
    return json.dumps({"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}, "features": [
        {"type": "Feature", "properties": told, "geometry": {"type": "Polygon", "coordinates": [RING]}},
    ]})


MARKING = (
    '<geo:{root} xmlns:geo="https://standaarden.overheid.nl/stop/imop/geo/" xmlns:basisgeo="http://www.geostandaarden.nl/basisgeometrie/1.0" '
    'xmlns:gml="http://www.opengis.net/gml/3.2"><geo:Gebied><geo:label>Dakopbouw Kerkstraat 4</geo:label><geo:geometrie><basisgeo:Geometrie gml:id="x">'
    "<basisgeo:id>8d0b</basisgeo:id><basisgeo:geometrie>{shape}</basisgeo:geometrie></basisgeo:Geometrie></geo:geometrie></geo:Gebied></geo:{root}>"
)
TGV, REPLACING = "ten gevolge van extern plan/besluit", "ter vervanging van extern plan/besluit"
STOP = "/join/id/stop/regelingtype_"

DOCUMENTS = [
    ("ruling_by_number", imro("gerechtelijke uitspraak", reference(BASE, role=TGV)), ANNULS, OPEN),
    ("ruling_by_name", imro("gerechtelijke uitspraak", reference(name="  basisplan dorp ", role=TGV)), ANNULS, OPEN),
    ("ruling_without_reference", imro("gerechtelijke uitspraak"), ANNULS, OPEN),
    ("ruling_without_role", imro("gerechtelijke uitspraak", reference(BASE)), ANNULS, OPEN),
    ("ruling_about_a_plan_elsewhere", imro("gerechtelijke uitspraak", reference("NL.IMRO.0001.Elders-VA01", role=TGV)), ANNULS, FIRM),
    ("ruling_about_another_version", imro("gerechtelijke uitspraak", reference("NL.IMRO.0001.Basis-VA02", role=TGV)), ANNULS, OPEN),
    ("ruling_older_than_the_plan", imro("gerechtelijke uitspraak", date="2012-01-01"), ANNULS, FIRM),
    ("ruling_of_next_year", imro("gerechtelijke uitspraak", reference(BASE, role=TGV), date="2027-01-01"), WAITS, FIRM),
    ("ruling_in_capitals", imro("Gerechtelijke Uitspraak", reference(BASE, role="Ten gevolge van extern plan/besluit")), ANNULS, OPEN),
    ("ruling_that_informs", imro("gerechtelijke uitspraak", reference(BASE, role="informatie in extern plan/besluit")), ANNULS, OPEN),
    ("reactive_designation", imro("reactieve aanwijzing", reference(BASE, role="als mutatie opgenomen in extern plan/besluit")), ANNULS, OPEN),
    ("reactive_designation_drafted", imro("reactieve aanwijzing", reference(BASE, role=TGV), "ontwerp"), WAITS, FIRM),
    ("approval_of_2006", imro("goedkeuringsbesluit", f"<imro:verwijzingNaarExternPlan>{BASE}</imro:verwijzingNaarExternPlan>"), ANNULS, OPEN),
    ("court_of_2006", imro("uitspraak ABRS", "<imro:verwijzingNaarExternPlan>Basisplan Dorp</imro:verwijzingNaarExternPlan>"), ANNULS, OPEN),
    ("management_bylaw_older", imro("beheersverordening", reference(BASE, role=REPLACING), date="2013-01-01"), REPLACES, GONE),
    ("management_bylaw_later", imro("beheersverordening"), REPLACES, GONE),
    ("management_bylaw_revoked", imro("beheersverordening", reference(BASE, role=REPLACING), "ingetrokken"), GONE, FIRM),
    ("notice_of_the_new_law", imro("voorbereidingsbesluit", reference(BASE, role=TGV)), ("suspends", False, None), FIRM),
    ("notice_of_the_old_law", imro("voorbereidingsbesluit", date="2023-02-01"), ("suspends", False, None), FIRM),
    ("project_of_2008", imro("projectbesluit", reference(BASE, role=TGV)), ("permits", False, None), FIRM),
    ("permit", imro("omgevingsvergunning", reference(BASE, role=TGV)), ("permits", False, None), FIRM),
    ("temporary_exemption", imro("tijdelijke ontheffing buitenplans"), ("permits", False, None), FIRM),
    ("development_contributions", imro("exploitatieplan", reference(BASE, role=TGV)), ("informs", False, None), FIRM),
    ("vision", imro("structuurvisie", element="Structuurvisieplangebied_G", inside="Structuurvisiegebied_G"), ("informs", False, None), FIRM),
    ("provincial_bylaw", imro("provinciale verordening", element="Besluitgebied_P", inside="Besluitvlak_P"), ("beside", False, None), FIRM),
    ("order_in_council", imro("amvb", element="Besluitgebied_A", inside="Besluitvlak_A"), ("beside", False, None), FIRM),
    ("decision_without_a_kind", imro(None), UNKNOWN, FIRM), ("decision_of_a_strange_kind", imro("gebiedsafspraak"), UNKNOWN, FIRM),
    ("municipal_plan_without_more", imro("gemeentelijk plan", element="Plangebied"), UNKNOWN, FIRM),
    ("plan_without_a_kind", plan(kind=None), REPLACES, GONE), ("plan_in_capitals", plan(" Bestemmingsplan "), REPLACES, GONE),
    ("plan_of_the_state", plan("rijksbestemmingsplan"), REPLACES, GONE), ("plan_of_the_province", plan("inpassingsplan"), REPLACES, GONE),
    ("plan_of_2006", plan("gemeentelijk plan; bestemmingsplan artikel 10"), REPLACES, GONE),
    ("elaboration_older", plan("uitwerkingsplan", date="2012-01-01", more=reference(BASE, role=TGV, element="ExternPlanReferentie_BP")), REPLACES, GONE),
    ("elaboration_by_name", plan("uitwerkingsplan", date="2012-01-01", more=reference(name="Basisplan Dorp", role=TGV, element="ExternPlanReferentie_BP")), REPLACES, GONE),
    ("change_older", plan("wijzigingsplan", date="2012-01-01", more=reference(BASE, role="als mutatie opgenomen", element="ExternPlanReferentie_BP")), REPLACES, GONE),
    ("older_that_informs", plan(date="2012-01-01", more=reference(BASE, role="informatie in extern plan/besluit")), GONE, REPLACES),
    ("older_to_be_worked_out", plan(date="2012-01-01", more=reference(BASE, role="in extern plan/besluit uit te werken")), GONE, REPLACES),
    ("later_version", plan(key="NL.IMRO.0001.Basis-VA02", date="2014-06-01"), REPLACES, GONE),
    ("later_version_drafted", plan(key="NL.IMRO.0001.Basis-ON02", status="ontwerp"), WAITS, FIRM),
    ("approval_withheld", plan(status="goedkeuring onthouden"), GONE, FIRM), ("annulled", plan(status="vernietigd"), GONE, FIRM),
    ("before_the_court", plan(status="beroep afdeling bestuursrechtspraak"), ("replaces", True, False), ("ended", False, True)),
    ("status_of_no_list", plan(status="ter inzage"), ("replaces", True, False), ("ended", False, True)),
    ("status_empty", plan(status=""), ("replaces", True, False), ("ended", False, True)),
    ("adopted_last_month", plan(date="2026-02-20"), ("waits", False, True), ("binds", True, False)),
    ("first_drafted_then_adopted", plan(states=info("ontwerp", "2024-01-01") + info("vastgesteld", "2025-10-06")), REPLACES, GONE),
    ("tam_by_its_name", plan(name="TAM-omgevingsplan Hoofdstuk 22a Kade"), REPLACES, GONE),
    *((f"dso_{number}", dso(STOP + number, "Omgevingsplan"), expected, FIRM) for number, expected in {
        "001": ("beside", False, None), "002": ("beside", False, None), "003": FIRM, "004": ("beside", False, None), "005": ("beside", False, None),
        "006": ("informs", False, None), "007": ("permits", False, None), "008": ("informs", False, None), "009": FIRM, "010": ("informs", False, None),
        "012": ("beside", False, None), "013": ("beside", False, None), "014": FIRM, "015": FIRM, "016": ("beside", False, None),
    }.items()),
    ("dso_011", dso(STOP + "011"), ANNULS, OPEN), ("dso_code_of_no_list", dso(STOP + "099", "Regioregeling"), UNKNOWN, FIRM),
    ("dso_word_of_the_service", dso(word="Omgevingsplanregels projectbesluit"), FIRM, FIRM), ("dso_type_missing", dso(), FIRM, FIRM),
    ("dso_province_type_missing", dso(identity="/akn/nl/act/pv26/2025/reg"), UNKNOWN, FIRM),
    ("dso_water_board_type_missing", dso(identity="/akn/nl/act/ws0155/2025/reg"), UNKNOWN, FIRM),
    ("dso_version_ended", dso(STOP + "015", record={"eindGeldigheid": "2026-03-15"}), GONE, FIRM),
    ("dso_version_ends_tomorrow", dso(STOP + "015", record={"eindGeldigheid": "2026-03-16"}), FIRM, FIRM),
    ("dso_withdrawn", dso(STOP + "015", inwerkingTot="2026-01-01"), GONE, FIRM), ("dso_to_be_withdrawn", dso(STOP + "015", geldigTot="2026-09-01"), FIRM, FIRM),
    ("dso_draft_by_its_decision", dso(STOP + "003", ontwerpbesluitIdentificatie="/akn/nl/bill/gm0001/2026/1"), WAITS, FIRM),
    ("dso_works_later", dso(STOP + "003", record={"beginInwerking": "2026-05-01"}), WAITS, FIRM),
    ("dso_temporary_rules_of_long_ago", dso(STOP + "015", record={"beginInwerking": "2024-03-01", "beginGeldigheid": "2024-03-01"}), OPEN, FIRM),
    ("ihr_removed", ihr(verwijderdOp="2025-12-01T09:00:00Z"), GONE, FIRM), ("ihr_ended", ihr(eindeRechtsgeldigheid="2025-12-31"), GONE, FIRM),
    ("ihr_ends_later", ihr(eindeRechtsgeldigheid="2026-12-31"), REPLACES, GONE), ("ihr_rules_do_not_hold", ihr(regelStatus="niet geldend"), GONE, FIRM),
    ("ihr_historic", ihr(isHistorisch=True), GONE, FIRM), ("ihr_historic_as_text", ihr(isHistorisch="true"), GONE, FIRM),
    ("ihr_annulled", ihr(dossier={"status": "geheel vernietigd"}), GONE, FIRM), ("ihr_tam", ihr("omgevingsplan", isTamPlan=True), REPLACES, GONE),
    ("ihr_partly_works", ihr(dossier={"status": "deels in werking"}), ("replaces", True, False), ("ended", False, True)),
    ("ihr_replaces_though_older", ihr(related={"vervangt": [{"id": BASE}]}, planstatusInfo={"planstatus": "vastgesteld", "datum": "2012-01-01"}), REPLACES, GONE),
    ("ihr_worked_out_though_older", ihr("uitwerkingsplan", {"tenGevolgeVan": [{"id": BASE}]}, planstatusInfo={"planstatus": "vastgesteld", "datum": "2012-01-01"}), REPLACES, GONE),
    ("ihr_uses_information_of_it", ihr(related={"gebruiktInformatieUit": [{"id": BASE}]}, planstatusInfo={"planstatus": "vastgesteld", "datum": "2012-01-01"}), GONE, REPLACES),
    ("ihr_ruling", ihr("gerechtelijke uitspraak", {"tenGevolgeVan": [{"id": BASE}]}), ANNULS, OPEN), ("ihr_kind_of_no_list", ihr("gebiedsplan"), UNKNOWN, FIRM),
    ("ihr_relations_of_another_shape", ihr(related="geen", back=[]), REPLACES, GONE),
    ("features_historic", feature(historisch="ja"), GONE, FIRM), ("features_drafted", feature(planstatus="Ontwerp"), WAITS, FIRM),
    ("features_without_status", feature(planstatus=None), ("replaces", True, False), ("ended", False, True)),
    ("features_of_a_strange_kind", feature(typeplan="gebiedsplan"), UNKNOWN, FIRM), ("features_of_a_vision", feature(typeplan="structuurvisie"), ("informs", False, None), FIRM),
    ("permit_as_marked_area", MARKING.format(root="Gebiedsmarkering", shape=surface()), ("permits", False, None), FIRM),
    ("permit_as_area_of_effect", MARKING.format(root="Effectgebied", shape=surface()), ("permits", False, None), FIRM),
]


def delivered(text: str, folder, below: str = "6") -> list:
    """Write the plan of 2014 (its maximum height ``below``) and a document to a folder; return both files."""
    files = [folder / "oud.gml", folder / ("nieuw.gml" if text.startswith("<") else "nieuw.json")]
    files[0].write_text(old().replace(">6<", f">{below}<"), encoding="utf-8")
    files[1].write_text(text, encoding="utf-8")
    return files
