"""Runs one rule on one design, for the tests of checks: places and lines in local metres, shifted to RD as ``scenes`` does."""

from __future__ import annotations

import numpy as np
from said import said

import scenes
from drieluik.model import LegalSource, Limit, Rule, Ruleset
from drieluik.review import review

PEIL = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}}


def rd(*points):
    """Return local points [x, y] in RD."""
    return [[x + scenes.ORIGIN[0], y + scenes.ORIGIN[1]] for x, y in points]


def run_all(check, *parts, site=None, answers=None, op=None, value=None, unit="m", limit=None, exceptions=(), uncertainty=None, applies_to=(), **measure):
    """Return all findings of one rule with the switches ``measure``; ``op`` and ``value`` give its limit."""
    limit = limit or (Limit(op or "<=", unit, value) if value is not None else None)
    legal = (LegalSource("plan"),)
    rule = Rule(check, check, {"nl": check}, legal, limit, measure=measure, exceptions=tuple(exceptions), uncertainty=uncertainty or {}, applies_to=tuple(applies_to))
    design = scenes.design(*parts)
    found = review(site or scenes.site(), design, Ruleset("t", "1", {}, (rule,)), {**PEIL, **(answers or {})})
    sound(found)
    return found


def run(check, *parts, **words):
    """Return the one finding of a rule."""
    found = run_all(check, *parts, **words)
    assert len(found) == 1, [(said(f), f.verdict) for f in found]
    return found[0]


def sound(findings):
    """Every finding is fit for a report: no crash inside, real numbers, real geometry, a first measurement where it decides."""
    for found in findings:
        assert not any(note.code == "checks_failed" for note in found.missing), found.missing
        assert all(m.value is None or np.isfinite(m.value) for m in found.measurements)
        for piece in found.evidence:
            assert (piece.geometry is None) != (piece.triangles is None), piece.role
            assert piece.geometry is None or not piece.geometry.is_empty, piece.role
            assert piece.triangles is None or np.isfinite(piece.triangles).all(), piece.role


def roles(found):
    """Return the roles of a finding's evidence."""
    return {piece.role for piece in found.evidence}


def values(found):
    """Return the measurements by name (the first of each name)."""
    return {m.name: m.value for m in reversed(found.measurements)}


def piece(found, role):
    """Return the first piece of evidence of a role."""
    return next(item for item in found.evidence if item.role == role)
