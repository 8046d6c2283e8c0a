"""What comes of a whole plan at a place: the rules that are derived from its map, what they find, and the cover of the plan with its conclusion.

    python tests/checks/plan_records.py     # writes plan_records.txt anew: look at ``git diff`` and commit what was meant
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import shapely

if not {str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)} <= set(sys.path):  # beside the scenes, also when run by itself
    sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from finding_records import number, said
from finding_scenes import BLOCK, HOUSE, plans, value

import scenes
from drieluik.checks import REGISTRY, Context
from drieluik.checks.engine.cover.covering import plan_cover
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.model import LegalSource, Limit, MeasuringProfile, Plan, PlanValue, ProfileEntry, Rule, Ruleset
from drieluik.review import review
from one_rule import PEIL
from scenes import box_part, plan_area

HELD = Path(__file__).with_suffix(".txt")
box = shapely.box
VLAK, ALL = box(5, 5, 15, 17), box(-50, -50, 60, 60)
PLAN, LATER = "NL.IMRO.9999.BP1", "NL.IMRO.9999.BP2"
RICH = (
    plan_area("m1", "maatvoering", "maatvoering", VLAK, value("bouwhoogte", 8.0), value("goothoogte", 6.0), value("bouwhoogte", 3.0, qualifier="minimum"), belongs_to="b1"),
    plan_area("m2", "maatvoering", "maatvoering", ALL, value("bebouwingspercentage", 60.0, "%"), PlanValue("parkeerplaatsen", "minimum", 2.0, "", "minimum parkeerplaatsen=2")),
    plan_area("m3", "maatvoering", "maatvoering", VLAK, PlanValue("bouwhoogte", "maximum", None, "m", "maximum bouwhoogte (m)=zie regels"), belongs_to="b1"),
    plan_area("m4", "maatvoering", "aantal", VLAK, belongs_to="b1"), plan_area("m5", "maatvoering", "elders", box(40, 40, 50, 50), value("bouwhoogte", 2.0)),
    plan_area("a1", "bouwaanduiding", "vrijstaand", VLAK), plan_area("a2", "bouwaanduiding", "kap", VLAK), plan_area("f1", "functieaanduiding", "kantoor", ALL),
    plan_area("d1", "dubbelbestemming", "Waarde - Archeologie 3", ALL), plan_area("g1", "gebiedsaanduiding", "geluidzone - industrie", ALL), plan_area("g2", "gebiedsaanduiding", "vrijwaringszone - molenbiotoop", ALL),
    plan_area("l1", "figuur", "gevellijn", shapely.LineString([(5, 5), (15, 5)])), plan_area("p9", "figuur", "as van de weg", shapely.LineString([(5, -6), (15, -6)])),
)
PROFILE = MeasuringProfile(PLAN, entries=(
    ProfileEntry("peil", {"branches": ["finished_ground_adjoining", "road_at_main_entrance"]}, "1.55", "peil"), ProfileEntry("denominator", "bouwperceel", "2.4", "bebouwingspercentage"),
    ProfileEntry("exempt_parts", ["chimney"], "2.9", "ondergeschikt"),
))


def own(name, check, limit=None, **words):
    return Rule(name, check, {"nl": name}, (LegalSource(words.pop("instrument", "Voorbeeldplan"), words.pop("article", "5.2"), quote="tekst"),), limit, **words)


HEIGHT = own("hoogte", "max_building_height", Limit("<=", "m", 9.0))
POWERS = tuple(
    own(name, "max_building_height", Limit("<=", "m", limit), exceptions=({"id": f"tien-{name}", "effect": "limit*1.10", "decision": "officer", "conditions": ["geen hinder"], **more},))
    for name, limit, more in (("een", 9.0, {"cumulates": True}), ("twee", 9.2, {}))
)
AREA = own("oppervlakte", "max_area", Limit("<=", "m2", 150.0))
CASES = {
    "a rich plan": {"areas": RICH, "derived": True},
    "a rich plan with its text read": {"areas": RICH, "derived": True, "profiles": (PROFILE,), "answers": {"peil": {}}},
    "a plan of boxes alone": {"areas": (), "derived": True},
    "no plan at the place": {"areas": None, "derived": True},
    "a draft and a later plan": {
        "areas": (replace(RICH[0], plan_id=LATER, plan_name="Later plan", fid="n1"), replace(RICH[5], plan_id="NL.IMRO.9999.CP1", plan_status="concept", fid="n2")), "derived": True,
        "documents": (Plan(PLAN, "Voorbeeldplan", status="vastgesteld", date="2020-01-01", proposed=True, otherwise=False), Plan(LATER, "Later plan", status="vastgesteld", date="2026-10-01", otherwise=True)),
    },
    "rules of one's own": {"rules": (HEIGHT, AREA)},
    "a rule that is off, one that is late, one elsewhere, one misspelt": {"rules": (
        HEIGHT, own("uit", "max_area", Limit("<=", "m2", 90.0), enabled=False, disabled_reason="vervallen", disabled_by="J. de Vries"), own("stil uit", "max_area", Limit("<=", "m2", 90.0), enabled=False),
        own("elders", "max_area", Limit("<=", "m2", 90.0), applies_when={"location": {"layer": "enkelbestemming", "where": {"naam": "Bedrijf"}}}),
        own("verkeerd", "max_area", Limit("<=", "m2", 90.0), applies_when={"location": {"layer": "enkelbestemming", "where": {"naam": "Wonnen"}}}),
    )},
    "powers that may not be added up": {"rules": POWERS},
    "special before general, stricter of equals": {"rules": (
        own("algemeen", "max_building_height", Limit("<=", "m", 9.0), priority=1), own("bijzonder", "max_building_height", Limit("<=", "m", 11.0), overrides=("algemeen",)),
        own("strenger", "max_area", Limit("<=", "m2", 90.0)), own("ruimer", "max_area", Limit("<=", "m2", 120.0)),
        own("minder", "min_distance_front_boundary", Limit(">=", "m", 3.0)), own("meer", "min_distance_front_boundary", Limit(">=", "m", 6.0)),
    )},
    "policy beside law": {"rules": (HEIGHT, own("nota", "max_area", Limit("<=", "m2", 90.0), instrument="Welstandsnota 2020"), own("beleid", "max_volume", Limit("<=", "m3", 100.0), basis="policy"))},
    "the officer decided": {"rules": (HEIGHT, AREA), "answers": {"overrides": {"hoogte": {"verdict": "complies", "reason": "ondergeschikt deel", "by": "J. de Vries", "at": "2026-05-04"}}}},
    "an exception that an officer grants": {"rules": (own("vrij", "max_building_height", Limit("<=", "m", 9.0), exceptions=({"id": "hoek", "decision": "officer", "question": "Is dit een hoekpand?"},)),), "answers": {"hoek": "yes"}},
    "parts of a class, of a kind": {"parts": (box_part(5, 5, 15.0137, 15.0133, 0, 6), box_part(7, 7, 7.5, 7.5, 6, 7.2, kind="chimney", fid="pipe"), box_part(1, 30, 4, 33, 0, 3, fid="shed")), "rules": (
        own("zonder", "max_building_height", Limit("<=", "m", 6.5), applies_when={"object": {"classes_not": ["chimney"]}}),
        own("alleen", "max_building_height", Limit("<=", "m", 6.5), applies_when={"object": {"classes": ["chimney"]}}),
        own("hoofd", "max_area", Limit("<=", "m2", 105.0), applies_to=("hoofdgebouw",)), own("bij", "max_area", Limit("<=", "m2", 8.0), applies_when={"object": {"kind": "bijgebouw"}}),
        own("geen", "max_area", Limit("<=", "m2", 8.0), applies_to=("erfafscheiding",)), own("formule", "max_building_height", Limit("<=", "m", formula="b + 1")),
        own("afstand", "min_distance_side_boundary", Limit(">=", "m", formula="0.5 * d")),
    ), "answers": {"b": 5.5}},
    "parts that an exception leaves out": {"parts": (BLOCK, box_part(7, 7, 7.5, 7.5, 6, 7.2, kind="chimney", fid="pipe"), box_part(15, 8, 16, 10, 2.6, 2.8, kind="canopy", fid="canopy")), "rules": (
        own("hoogte", "max_building_height", Limit("<=", "m", 6.5), exceptions=({"id": "schoorsteen", "classes": ["chimney"], "decision": "auto"},)),
        own("omvang", "max_area", Limit("<=", "m2", 101.0), measure={"of": "projection"}, exceptions=({"id": "luifel", "classes": ["canopy"], "decision": "auto"},)),
        own("breedte", "max_width", Limit("<=", "m", 10.5), measure={"of": "projection"}, exceptions=({"id": "luifel", "classes": ["canopy"], "max_extra_m": 0.5, "decision": "officer"},)),
    )},
}


def lines_of(areas=(), derived=False, rules=(), documents=(), profiles=(), answers=None, parts=(HOUSE,)):
    """Yield the lines of one case: derived rules, findings, cover, conclusion."""
    site = scenes.site(plans=() if areas is None else plans(*areas), plan_documents=documents)
    design, given = scenes.design(*parts), {**PEIL, **(answers or {})}
    sets = (Ruleset("eigen", "1", {}, tuple(rules)),) if rules else ()
    if derived:
        sets = (derive(site.plans, scenes.shift(shapely.box(5, 5, 15, 15)), REGISTRY, profiles), *sets)
        yield from (line for rule in sets[0].rules for line in _rule(rule))
    found = review(site, design, sets, given, profiles=profiles)
    for one in found:
        first = one.measurements[0] if one.measurements else None
        told = "" if first is None else f" {first.name} {number(first.value)} {first.unit} {'' if first.limit is None else f'{first.operator} {first.limit:g}'}"
        yield f"finds {one.rule}: {one.verdict.value}{f' decided {one.decision.verdict.value} ({one.decision.reason})' if one.decision else ''} {said(one.subject)}{told} [{one.ladder or '-'}{' under ' + one.governed_by if one.governed_by else ''}]"
        yield from (f"    {title} {said(note)}" for title, notes in (("note", one.notes), ("missing", one.missing)) for note in notes)
        yield from (f"    power {power.id} {said(power.note)}" for power in one.deviations)
        yield from (f"    asks {question.key} {said(question.note)}{' of ' + question.plan_id if question.plan_id else ''}" for question in one.questions)
    cover = plan_cover(Context(site, design, given, profiles=profiles), sets, found)
    for line in cover.lines:
        yield f"covers {line.kind} {line.name} of {line.plan_id or '-'} {line.plan_name}: {line.state} {said(line.note)} [{line.raw or '-'}; {line.article or '-'}; {line.quote or '-'}; {line.key}; {' '.join(line.fids)}; {' '.join(line.rules)}]"
    yield from (f"concludes {said(note)}" for note in cover.conclusion)
    yield f"step {cover.step or '-'}"


def _rule(rule):
    bound = "" if rule.limit is None else f" {rule.limit.operator} {rule.limit.from_plan or number(rule.limit.value)} {rule.limit.unit}"
    yield f"derives {rule.id}: {rule.check}{bound} {rule.title.get('nl')} / {rule.title.get('en')}{f' measure {sorted(rule.measure.items(), key=str)}' if rule.measure else ''}{' of ' + rule.plan_id if rule.plan_id else ''}"
    yield from (f"    from {item.kind} {item.fid} {item.name} {item.article} {item.raw} {number(item.value)} {item.unit}" for item in rule.origin)
    yield from (f"    by {source.instrument} {source.article} {source.version}" for source in rule.legal)


def text():
    """Return all cases as text."""
    return "\n".join(line for name, words in CASES.items() for line in (f"== {name}", *lines_of(**words), ""))


if __name__ == "__main__":
    HELD.write_text(text(), encoding="utf-8")
