"""Each word of the lists of kinds that measuring goes by is a word of the vocabulary that it is of: a slip would silently measure without it."""

from __future__ import annotations

import pytest

from drieluik.measure.building import footprint, named_kinds, overhangs, roof, volume
from drieluik.measure.plan import governing_areas, peil
from drieluik.measure.sun import shadows_in_time
from drieluik.measure.surroundings import envelope, placement_gate, plot_card, sound_outlines, suspicions
from drieluik.model import PART_KINDS, Site

PLAN_KINDS = {
    "plangebied", "enkelbestemming", "dubbelbestemming", "bouwvlak", "maatvoering", "functieaanduiding", "bouwaanduiding", "gebiedsaanduiding", "figuur", "besluitvlak", "pons",
}
COLLECTIONS = {"pand", "wegdeel", "ondersteunendwegdeel", "waterdeel", "ondersteunendwaterdeel", "begroeidterreindeel", "onbegroeidterreindeel"}
STATUS = {"concept", "voorontwerp", "ontwerp", "vastgesteld", "vigerend", "geconsolideerd", "onherroepelijk", "goedgekeurd", "in werking", ""}
LAYERS = {"plans", "bag", "parcels", "bgt", "terrain", "buildings3d"}


@pytest.mark.parametrize(("words", "known"), [
    *((words, {*PART_KINDS, named_kinds.STRUCTURE}) for words in (footprint.LOOSE_KINDS, named_kinds.BUILT, named_kinds.SLENDER, named_kinds.OPEN, named_kinds.MINOR, overhangs.TOLD, roof.NOT_ROOF, volume.WHOLE_KINDS, volume.ENCLOSING_KINDS, volume.NO_MASS)),
    (governing_areas.TAKING, PLAN_KINDS), (envelope.OVERLAYS, PLAN_KINDS), (plot_card.KINDS, PLAN_KINDS), (governing_areas.DRAFTS, STATUS), (governing_areas.KNOWN, STATUS), (plot_card.LAYERS, LAYERS), (set(sound_outlines.FIELDS.values()), LAYERS), (shadows_in_time.WATERS, COLLECTIONS), (shadows_in_time.GROUND_COVER, COLLECTIONS),
    (suspicions.COVER, COLLECTIONS), (shadows_in_time.GARDENS, {"erf", "tuin"}), (peil.PATHS, {"voetpad", "fietspad", "ruiterpad"}), (peil.ROADS, {"rijbaan", "woonerf", "inrit"}), (peil.PROPOSED, set(peil.METHODS)), (peil._READERS, set(peil.METHODS)), (peil.METHODS, set(peil._READERS)),
    (envelope.HEIGHTS, {"bouwhoogte", "nokhoogte", "hoogte"}), (envelope.DRAWN, {"bouwhoogte", "nokhoogte", "hoogte", "goothoogte", "dakhelling"}), (envelope.DEGREES, {"", "graden", "deg"}), (suspicions.NOT_MEASURED, {"bouw gestart", "pand in gebruik (niet ingemeten)"}),
    (suspicions.LOOKED_AT, set(Site.__dataclass_fields__)), (sound_outlines.FIELDS, set(Site.__dataclass_fields__)), (placement_gate.TWO_WAYS, {"file_height", "file_place"}),
])
def test_each_word_of_a_list_is_one_that_is_known(words, known):
    assert words and set(words) <= known


def test_every_kind_of_part_but_openings_may_be_a_mast_or_stands_loose():
    assert set(PART_KINDS) - set(named_kinds.BUILT) - set(named_kinds.LOOSE) == {"window", "door"} and not set(named_kinds.BUILT) & set(named_kinds.LOOSE)
    assert {*named_kinds.SLENDER, *named_kinds.OPEN, *named_kinds.MINOR} <= set(named_kinds.LOOSE)
