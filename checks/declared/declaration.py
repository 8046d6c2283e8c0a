"""What a check declares of itself, in its own class: the engine, the rule files, the pages and the tests know it from nowhere else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Union

PREVIEW, STABLE, RETIRED = STAGES = ("preview", "stable", "retired")
"""The life of a check: still tried, relied upon, kept only so that old records can be read."""
ZONING, SURROUNDINGS, SUNLIGHT = FAMILIES = ("zoning", "surroundings", "sunlight")
"""Which law a check belongs to, as users see it grouped (``family_<word>`` in the messages)."""
PART, BUILDING, PLOT = OBJECTS = ("part", "building", "plot")
"""What a norm is about: this part, this whole building, all that stands on the plot."""
MAXIMUM, MINIMUM, EITHER = QUALIFIERS = ("maximum", "minimum", "")
"""Which of the values of a name a check measures; either: a value with both ends."""
DISTANCE, HEIGHT = TOLERANCES = ("distance_m", "height_m")
"""The tolerance of a rule file that serves where a limit in metres has none of its own."""
DENOMINATORS = ("bouwperceel", "bouwvlak", "bestemmingsvlak", "aanduidingsvlak")
"""What a bebouwingspercentage may be a share of, the likeliest first."""
OVERLAYS = ("dubbelbestemming", "gebiedsaanduiding", "gebiedsaanwijzing")
"""Kinds of objects of a plan that lie over its bestemmingen."""
ALL_ELSE = ("*",)
"""Kinds of a check that takes what no other check takes."""

BUILT = ("hoofdgebouw", "gebouw", "bouwwerk", "bijbehorend bouwwerk")
"""Kinds of object that a distance of a plan's text is kept by."""
Switch = Union[str, tuple[str, ...]]
"""What a word under ``measure`` may be: a type of ``rulesets/switch_types.json``, or the words to choose from."""
OF: Mapping[str, Switch] = {"of": ("projection", "footprint")}
BODY: Mapping[str, Switch] = {"body": ("main", "all")}


@dataclass(frozen=True)
class Drawn:
    """What of a plan's map a check is about: objects of the first of ``kinds`` that the plan has, with ``word`` (lower case) in their name.

    ``named_by``: the switch that takes the object's name, one rule for each name; '' = one rule for all of them. ``kinds_by``: the switch
    that takes its kind.
    """

    kinds: tuple[str, ...]
    word: str = ""
    named_by: str = ""
    kinds_by: str = ""


@dataclass(frozen=True)
class OfText:
    """A kind of norm of a plan's text that a check measures, besides the values it measures on the map.

    ``quantity``, ``unit`` and ``way`` (``<=`` or ``>=``) as ``model.plan_words.Clause`` has them; ``kinds``: of object (``OBJECT_KINDS``).
    ``switch`` takes the number, '' = it is the rule's limit; ``side``: the condition of the clause that the switch means; ``of``: how
    what the number is a share of begins, '' = it is no share.
    """

    quantity: str
    unit: str
    way: str
    kinds: tuple[str, ...]
    switch: str = ""
    side: str = ""
    of: str = ""


class Declared(Protocol):
    """What every check says of itself; what has no value here must be said, ``tests/checks/test_declarations.py`` asks for it.

    ``code``: stable, outlives a rename, never used again (``DRL-`` and a section of docs/measuring.md). ``reads``: the keys of the open
    points that its outcome can depend on (``x.*`` any that begins so), besides those of the rule itself and of the profile.
    ``needs``: the site layers without which it cannot be assessed. ``with_existing``: which way its value moves where the existing building is
    measured along (``engine.open_points.unseen``). ``units``: of a limit, the first is that of a plan's value.
    ``plan_values``: the names (SVBP2012) of the values it measures, with ``qualifier``. ``profile``: which entries of a plan's measuring
    profile it asks, each with the switch that takes it ('' = the entry holds switches by name). ``policy``: its norm is weighed (Awb art. 4:84)
    and no power of a plan applies. ``weighs_exceptions``: it leaves out parts that a rule excepts by itself, for it knows how far above the
    limit they reach; of any other check the engine measures the design without them. ``by_place``: it measures by itself what stands where
    a rule holds (``Context.here``); of any other check a rule that holds for a part of the design is measured over all of it, and that is
    asked where it is not met. ``in_plan``: it measures outlines from above alone, so that it does not matter how high an existing building is.
    """

    name: str
    code: str
    stage: str
    family: str
    about: str
    title: Mapping[str, str]
    needs: tuple[str, ...]
    reads: tuple[str, ...]
    units: tuple[str, ...]
    switches: Mapping[str, Switch]
    plan_values: tuple[str, ...] = ()
    qualifier: str = MAXIMUM
    drawn: Drawn | None = None
    profile: Mapping[str, str] = {}
    weighs_exceptions: bool = False
    tolerance: str = HEIGHT
    with_existing: str = "higher"
    policy: bool = False
    by_place: bool = False
    text_norms: tuple[OfText, ...] = ()
    measured_alone: bool = False
    in_plan: bool = False

    def possible(self, entry: str, context: Any) -> Collection[str]:
        """Return which words of an entry of a plan's profile mean anything at the design of an ``engine.base.Context``; () = any."""
        return ()
