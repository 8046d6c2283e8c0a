"""How many bouwlagen a design has: from the floors that are told, with what the plan may or may not count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ....measure.building.footprint import ABOVE_FLOOR_M
from ....measure.building.storey_levels import HEADROOM_M, LEAST_M2, NO_STOREY, PART_SHARE, most_storeys, room_for_more, storey_range, storeys_of
from ....measure.plane import overlay
from ....measure.plane.sections import crosses, enclosed
from ....model import Level, Note, Question, RegisteredBuilding, Rule
from ...engine.base import Context
from ...engine.drawn_along import drawn_of
from ...engine.objects import MAIN_SHARE
from ...engine.open_points.answer_words import bare, is_number, number_given
from ...engine.standing import AGAINST_M, is_on_top_of
from ...engine.weighing import answer, yes_or_no
from .storeys_apart import SLACK_M, Building, buildings_apart, least_together

ATTIC_M = 1.0
"""A floor that lies less than this below the eaves, or above them, is under the roof (kap)."""
KNEE_WALL_M = 1.8
"""With this much wall under the eaves it is doubtful whether the storey is an attic."""
ABOVE_PEIL_M = 0.05
CELLAR_M = 1.2
"""Plans call what rises less than 1.2 to 1.5 m above peil kelder, souterrain or onderbouw; whether what rises further still is one is not settled."""
ON_IT_M2 = 1.0
"""A design over less of a building stands beside it."""

HOUSE_M = 4.0
"""What stands on a roof and is higher is more than one storey."""
LOWEST_M = 1.8
"""From floor to floor no storey is lower: a room is at least 2.1 m high, also in an existing building (Bbl 3.86), and an attic may have its ridge there."""
MOST_STOREYS = 100
"""More than any building of the country has: nobody says how many the existing one has."""

@dataclass(frozen=True)
class Count:
    """Lowest and highest number of bouwlagen that the readings still open allow; ``floors`` the levels of the lowest reading.

    ``inferred``: no list of floors stands under it, so that low and high are no more than likely; ``bounds``: what it cannot be outside of all the
    same, None where nothing bounds it.
    """

    low: int
    high: int
    floors: tuple[Level, ...]
    notes: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()
    inferred: bool = False
    bounds: tuple[int, int] | None = None


def count_storeys(rule: Rule, context: Context, peil_nap: float, least: bool = False) -> Count | None:
    """Return the number of bouwlagen above one peil, of several buildings of the one with the most (of a minimum, ``least``, with the fewest); None when
    neither floors nor eaves are known.

    The officer's ``storeys`` (a number) or ``floors: {nap_m: [...]}`` go before the model's levels; without levels the eaves give a range
    (docs/measuring.md A8), which is firm only where no number that has room says otherwise.
    """
    told = answer(context, "storeys")
    number = number_given(told)
    most = _most(context, peil_nap)
    if number is not None and number.is_integer() and 1 <= number <= most:
        return Count(int(number), int(number), (), (Note.of("zoning_storeys_told"), *_against_the_model(context, int(number), peil_nap)))
    if told is not None and bare(told) is not None:
        context.refused("storeys", told, ("1", "2", "3", "...") if most == MOST_STOREYS else tuple(map(str, range(1, most + 1))))
    if context.joined is not None:
        return _on_what_stands(count_storeys(rule, context.alone, peil_nap, least), context.alone, context.joined.buildings, peil_nap)
    count = _of_levels(rule, context, peil_nap, least)
    if count is None or context.geometry.encloses:
        return count
    question = Question("floors", Note.of("zoning_question_floors"))
    notes, questions = (*count.notes, Note.of("checks_footprint_open")), tuple(dict.fromkeys((*count.questions, question)))
    return replace(count, inferred=True, bounds=None, notes=notes, questions=questions)


def _of_levels(rule: Rule, context: Context, peil_nap: float, least: bool) -> Count | None:
    """Return the number of bouwlagen by the floors that are told, of each building that stands apart by its own; by the eaves where none are."""
    levels = tuple(sorted(_levels(context), key=lambda level: level.elevation_nap))
    buildings = buildings_apart(context, levels) if levels else ()
    return _of_several(rule, buildings, peil_nap, least) if buildings else _of_building(rule, context, levels, peil_nap)


def _of_several(rule: Rule, buildings: Sequence[Building], peil_nap: float, least: bool) -> Count | None:
    """Return the number of bouwlagen of the building that decides of several: of which one a level is a floor may be open."""
    if least:  # a shed beside a house is no building of the same kind
        areas = [float(one.context.geometry.footprint.area) for one in buildings]
        buildings = [one for one, area in zip(buildings, areas) if area >= MAIN_SHARE * max(areas)]

    def counted(one: Building, levels: tuple[Level, ...]) -> Count:
        bottom = float(one.context.design.bounds[0, 2])
        count = _of_building(rule, one.context, levels, peil_nap, bottom) or Count(1, 1, (), inferred=True)
        return count if count.bounds is None else replace(count, low=count.bounds[0], high=count.bounds[1], inferred=False)

    sure = [counted(one, one.sure) for one in buildings]
    most = [max(counted(one, one.levels), own, key=lambda count: count.high) for one, own in zip(buildings, sure)]
    low = min(count.low for count in sure) if least else least_together(buildings, lambda one, levels: counted(one, levels).low)
    deciding = (min if least else max)(range(len(most)), key=lambda number: most[number].high)
    high = most[deciding].high
    open_levels = dict.fromkeys(level.name or f"{level.elevation_nap - peil_nap:+.2f} m" for one in buildings for level in one.maybe)
    asked = low != high and bool(open_levels)
    notes = (Note.of("zoning_floors_whose", levels=", ".join(open_levels), count=len(buildings)),) if asked else ()
    question = (Question("storeys", Note.of("zoning_question_storeys_least" if least else "zoning_question_storeys_most"), "number"),) if asked else ()
    questions = tuple(dict.fromkeys((*question, *(one for count in most for one in count.questions))))
    return replace(most[deciding], low=low, high=high, notes=(*most[deciding].notes, *notes), questions=questions)


def _of_building(rule: Rule, context: Context, levels: tuple[Level, ...], peil_nap: float, bottom_nap: float | None = None) -> Count | None:
    """Return the number of bouwlagen of one building by its floors, by its eaves where it has none; nothing lies under its ``bottom_nap``."""
    top = float(context.design.bounds[1, 2])
    found = storeys_of(levels, peil_nap, top, context.geometry.is_floor)
    if found is None:
        return _from_eaves(rule, context, peil_nap)
    attic, doubtful = _under_the_roof(context, found.above)
    split = [level for level in found.left_out if not NO_STOREY.search(level.name) and top - level.elevation_nap >= HEADROOM_M]
    sunk, raised, rising = _basements(found.basements, found.above, peil_nap)
    house, unlisted_house = _on_a_flat_roof(context, found.above)
    mezzanine = [level for level in found.above[1:] if level not in (*attic, *doubtful, *house) and context.geometry.floors.is_part(level)]
    base = len(found.above) - len(attic) - len(doubtful) - len(mezzanine) - len(house)
    low, high, notes, questions = base, base, [], []
    for key, some, counts in (
        ("count_attic", attic, _decided(rule, context, "count_attic")),
        ("count_attic", doubtful, True if _decided(rule, context, "count_attic") else None),
        ("count_basement", rising, _rising_counts(rule, context)),
        ("count_basement", raised, _decided(rule, context, "count_basement")),
        ("count_basement", sunk, _sunk_counts(rule, context)),
        ("count_split_levels", split, _decided(rule, context, "count_split_levels")),
        ("count_mezzanine", mezzanine, _decided(rule, context, "count_mezzanine")),
        ("count_roof_house", (*house, *unlisted_house), _decided(rule, context, "count_roof_house")),
    ):
        if not some:
            continue
        low, high = low + len(some) * (counts is True), high + len(some) * (counts is not False)
        unsettled = "doubtful" if (some is doubtful or some is rising) and _decided(rule, context, key) is False else "open"
        word = {True: "counted", False: "not_counted", None: unsettled}[counts]
        notes.append(Note.of(f"zoning_{key}_{word}", levels=", ".join(level.name or f"{level.elevation_nap - peil_nap:+.2f} m" for level in some)))
        if counts is None:
            questions.append(Question(key, Note.of(f"zoning_question_{key}"), "yes_no"))
    ground = peil_nap if bottom_nap is None else max(peil_nap, bottom_nap)
    unlisted = 0 if answer(context, "floors") else room_for_more((level.elevation_nap for level in found.above), ground, main_eaves(context))
    if unlisted:
        high += unlisted
        notes.append(Note.of("zoning_floors_unlisted", number=unlisted))
        questions.append(Question("floors", Note.of("zoning_question_floors")))
    if answer(context, "floors") is not None:
        notes += _against_the_model(context, len(found.above), peil_nap)
    return Count(low, high, found.above, tuple(notes), tuple(dict.fromkeys(questions)))


def _most(context: Context, peil_nap: float) -> int:
    """Return the most storeys that a building of this height can have, or one that it stands against: a number may be told of both. Of an existing one of
    which only the outline is known that is not known."""
    against = [pand.fid for pand in context.site.registered_buildings if pand.geometry.distance(context.projection) <= AGAINST_M]
    models = {model.fid: model for model in context.site.buildings3d if len(model.triangles)}
    if any(fid not in models for fid in against):
        return MOST_STOREYS
    low, *highs = (float(z) for z in (*context.design.bounds[:, 2], *(models[fid].triangles[..., 2].max() for fid in against)))
    return min(int((max(highs) - min(low, peil_nap)) // LOWEST_M) + 1, MOST_STOREYS)


def _against_the_model(context: Context, told: int, peil_nap: float) -> tuple[Note, ...]:
    """Return the note that an officer told another number of storeys than the model's list of floors has, or than its eaves have room for."""
    listed = storeys_of(context.design.levels, peil_nap, float(context.design.bounds[1, 2]), context.geometry.is_floor)
    eaves = main_eaves(context)
    low, high = storey_range(eaves - peil_nap) if eaves is not None and eaves > peil_nap else (told, told)
    notes = (Note.of("zoning_storeys_listed", told=told, listed=len(listed.above)),) if listed is not None and len(listed.above) != told else ()
    return (*notes, *((Note.of("zoning_storeys_room", told=told, low=low, high=high),) if not low <= told <= high else ()))


def _on_what_stands(count: Count | None, alone: Context, buildings: Sequence[RegisteredBuilding], peil_nap: float) -> Count | None:
    """Return a count with the storeys of the buildings that the design stands on; beside it the most of either count, and no list of floors tells
    those of an existing building."""
    under = [b for b in buildings if overlay.intersection(b.geometry, alone.projection).area > ON_IT_M2 and is_on_top_of(alone, b)]
    if count is None:
        return count
    if not under:
        return _beside(count, alone, buildings, peil_nap)
    low, high = storey_range(float(alone.design.bounds[0, 2]) - peil_nap)
    note = Note.of("zoning_storeys_below", low=low, high=high)
    question = Question("storeys", Note.of("zoning_question_floors"))
    notes, questions = (*count.notes, note), (*count.questions, question)
    return replace(count, low=count.low + low, high=count.high + high, notes=notes, questions=questions, inferred=True, bounds=None)


def _beside(count: Count, alone: Context, buildings: Sequence[RegisteredBuilding], peil_nap: float) -> Count:
    """Return a count of a design beside existing buildings that it is one with: no less than its own, and as many as their heights have room for."""
    ids = {building.fid for building in buildings}
    tops = [float(model.triangles[:, :, 2].max()) for model in alone.site.buildings3d if model.fid in ids and len(model.triangles)]
    drawn = [float(part.z_range[1]) for building in buildings for part in drawn_of(alone, building)]
    highest = max((*tops, *drawn), default=None)
    most = count.high + 1 if highest is None else storey_range(highest - peil_nap)[1]
    if most <= count.high:
        return count
    notes = (*count.notes, Note.of("zoning_storeys_beside", panden=", ".join(sorted(ids)), high=most))
    question = Question("storeys", Note.of("zoning_question_floors"))
    bounds = (count.low, MOST_STOREYS) if not count.inferred else None
    return replace(count, high=most, notes=notes, questions=(*count.questions, question), inferred=True, bounds=bounds)


def _levels(context: Context) -> tuple[Level, ...]:
    given = answer(context, "floors")
    if bare(given) is None:
        return context.design.levels
    heights = given.get("nap_m") if isinstance(given, Mapping) else given
    low, high = (float(z) for z in context.design.bounds[:, 2])
    if isinstance(heights, (list, tuple)) and heights and all(is_number(z) and low - SLACK_M <= z <= high for z in heights):
        return tuple(Level("", float(z)) for z in heights)
    context.refused("floors", heights, (f"{low:.2f} ... {high:.2f}",))
    return context.design.levels


def _decided(rule: Rule, context: Context, key: str) -> bool | None:
    """Return whether the plan counts something: the officer's answer, else the rule's switch; None while neither says."""
    given = yes_or_no(context, key)
    if given is not None:
        return given
    stated = rule.measure.get(key)
    return stated if isinstance(stated, bool) else None


def _rising_counts(rule: Rule, context: Context) -> bool | None:
    """Return whether what rises further above peil than a cellar counts: a rule that leaves cellars out does not say that this is one."""
    return _decided(rule, context, "count_basement") or yes_or_no(context, "count_basement")


def _sunk_counts(rule: Rule, context: Context) -> bool | None:
    """Return whether cellars that lie wholly below peil count; of a plan's own rule its profile asks that (``profile.storeys``)."""
    decided = _decided(rule, context, "count_basement")
    return False if decided is None and rule.plan_id else decided


def _under_the_roof(context: Context, floors: tuple[Level, ...]) -> tuple[list[Level], list[Level]]:
    """Return the floors under a sloped roof (attic), and those with so much wall below the eaves that it is doubtful."""
    eaves = main_eaves(context)
    if context.geometry.roof.ridge is None or eaves is None:
        return [], []
    upper = floors[1:]
    attic = [level for level in upper if level.elevation_nap > eaves - ATTIC_M]
    doubtful = [level for level in upper if eaves - KNEE_WALL_M < level.elevation_nap <= eaves - ATTIC_M]
    return attic, doubtful


def _on_a_flat_roof(context: Context, floors: Sequence[Level]) -> tuple[list[Level], list[Level]]:
    """Return the floors that stand on a flat roof, one storey high over less than half of the building: a stair or lift house, or a small opbouw;
    and the floor of one that no list tells. Which list a file has never decides whether it is a bouwlaag."""
    eaves, top = main_eaves(context), float(context.design.bounds[1, 2])
    if eaves is None or context.geometry.roof.ridge is not None or not HEADROOM_M <= top - eaves <= HOUSE_M:
        return [], []
    at = eaves + min(ABOVE_FLOOR_M, (top - eaves) / 2)
    area = context.memo(("on the roof", id(context.design), at), lambda: float(enclosed([p for p in context.design.parts if crosses(p, at)], at).area))
    if not LEAST_M2 <= area < PART_SHARE * context.geometry.footprint.area:
        return [], []
    told = [level for level in floors[1:] if level.elevation_nap >= eaves - ATTIC_M]
    return told, [] if told else [Level("", eaves)]


def main_eaves(context: Context) -> float | None:
    """Return the highest main eaves or flat roof edge (m NAP)."""
    heights = [place.drip for place in context.geometry.eaves_places if place.kind == "main"]
    return max(heights, default=None)


def _basements(basements: tuple[Level, ...], above: tuple[Level, ...], peil_nap: float) -> tuple[list[Level], list[Level], list[Level]]:
    """Return the basements below peil, those whose ceiling (the next floor) lies above it, and those that rise further than a cellar."""
    floors = [*basements, *above]
    ceilings = [(level, over.elevation_nap - peil_nap) for level, over in zip(floors, floors[1:]) if level in basements]
    sunk = [level for level, ceiling in ceilings if ceiling <= ABOVE_PEIL_M]
    raised = [level for level, ceiling in ceilings if ABOVE_PEIL_M < ceiling <= CELLAR_M]
    return sunk, raised, [level for level, ceiling in ceilings if ceiling > CELLAR_M]


def _from_eaves(rule: Rule, context: Context, peil_nap: float) -> Count | None:
    eaves = main_eaves(context)
    if eaves is None or eaves <= peil_nap:
        return None
    low, high = storey_range(eaves - peil_nap)
    most = _room_for(rule, context, eaves, peil_nap)
    notes = [Note.of("zoning_storeys_from_eaves", low=low, high=high)]
    if most is not None:
        notes.append(Note.of("zoning_storeys_most", most=most))
    question = Question("floors", Note.of("zoning_question_floors"))
    return Count(low, high, (), tuple(notes), (question,), True, (1, most) if most is not None else None)


def _room_for(rule: Rule, context: Context, eaves: float, peil_nap: float) -> int | None:
    """Return how many floors with headroom there can be at most between the lowest point and the highest that counts; None where the plan also
    counts floors that need no headroom of their own, or that may lie below what is drawn."""
    if _decided(rule, context, "count_split_levels") or _decided(rule, context, "count_basement"):
        return None
    low, high = (float(z) for z in context.design.bounds[:, 2])
    bottom = min(low, peil_nap)
    if context.geometry.roof.ridge is not None and _decided(rule, context, "count_attic") is False:
        return most_storeys(eaves - ATTIC_M - bottom) + 1  # the highest floor that is no attic needs no room below the eaves
    return max(1, most_storeys(high - bottom))
