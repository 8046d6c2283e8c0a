"""Documents as they come, or are made to mislead, beside a plan of 2014 on the same ground: what both then do there."""

from __future__ import annotations

import pytest
from hostile_documents import AT, BASE, DOCUMENTS, delivered

from drieluik.data_sources.juridical.proposing import propose
from drieluik.data_sources.juridical.reader import read_plans


@pytest.mark.parametrize(("name", "text", "new", "below"), DOCUMENTS, ids=[name for name, *_ in DOCUMENTS])
def test_a_document_beside_a_plan(name, text, new, below, tmp_path):
    areas, plans, _ = read_plans(delivered(text, tmp_path))
    told = {plan.id == BASE: (plan.effect, plan.proposed, plan.otherwise) for plan in propose(plans, areas, AT, AT)}
    assert told == {True: below, False: new}
