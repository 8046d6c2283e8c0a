"""What every check says of small scenes of known numbers (``finding_scenes``), whole: verdict, numbers, words, what was shown, asked, used and taken.

    python tests/checks/finding_records.py     # writes finding_records.txt anew: look at ``git diff`` and commit what was meant
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

if not {str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)} <= set(sys.path):  # beside the scenes, also when run by itself
    sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from finding_scenes import CASES, on

import scenes
from drieluik.model import LegalSource, Limit, Rule, Ruleset
from drieluik.review import review
from scenes import GROUND, ORIGIN

HELD = Path(__file__).with_suffix(".txt")
ROUNDED = HELD.with_name("finding_decimals.txt")
DOUBTED = HELD.with_name("finding_doubts.txt")
ODD = 1.0123457
DOUBT = {f"{name}_m": 0.0101 + 0.0001 * number for number, name in enumerate(("level", "height", "mesh", "boundary", "outline", "line", "axis", "surface", "pitch", "volume", "mill"))}
MOST_SHOWN = 12


def found(name, odd=1.0, uncertainty=None):
    """Return the findings of one case; ``odd``: with its parts this much larger, so that no number is round of itself; ``uncertainty``: what the
    rule states about its own numbers."""
    check, parts, site, answers, op, limit, unit, attribute, levels, more, measure = CASES[name]
    ends = {"low": limit[0], "high": limit[1]} if isinstance(limit, tuple) else {"value": limit}
    bound = Limit(op, unit, from_plan=attribute or None, **ends) if limit is not None or attribute else None
    rule = Rule(check, check, {"nl": check}, (LegalSource("Voorbeeldplan", "5.2"),), bound, measure=measure, **{**({"uncertainty": uncertainty} if uncertainty else {}), **more})
    corner = np.array([*ORIGIN, GROUND])
    larger = parts if odd == 1.0 else [replace(part, vertices=corner + (part.vertices - corner) * odd) for part in parts]
    return review(site or on(), scenes.design(*larger, levels=levels), Ruleset("t", "1", {}, (rule,)), answers)


def decimals():
    """Return in how many decimals each number is said, as text: of measurements by check and name, of notes by code and word, of what is shown by
    role; the most that is seen over all cases at an odd size."""
    most = {}
    for name in CASES:
        for finding in found(name, ODD):
            notes = (*finding.notes, *finding.missing, *finding.cures, finding.subject, *(question.note for question in finding.questions),
                     *(power.note for power in finding.deviations), *(piece.note for piece in finding.evidence if piece.note))
            numbers = [(f"{finding.check} {m.name}", value) for m in finding.measurements for value in (m.value, *(source.value for source in m.sources))]
            numbers += [(f"note {note.code} {key}", value) for note in notes for key, value in note.data]
            numbers += [(f"shown {piece.role} {piece.unit}", piece.value) for piece in finding.evidence]
            for key, value in numbers:
                if isinstance(value, float):
                    most[key] = max(most.get(key, 0), next((n for n in range(7) if abs(value - round(value, n)) < 1e-9 * max(1.0, abs(value))), 7))
    return "".join(f"{key}: {count if count < 7 else 'not rounded'}\n" for key, count in sorted(most.items()))


def doubts():
    """Return which of the uncertainties that a rule may state are in each measurement, as text, by check and name."""
    stated = {}
    for name in CASES:
        for finding in found(name, uncertainty=DOUBT):
            for m in finding.measurements:
                stated.setdefault(f"{finding.check} {m.name}", set()).update(source.name for source in m.sources if DOUBT.get(f"{source.name}_m") == source.value)
    return "".join(f"{key}: {' '.join(sorted(names))}\n" for key, names in sorted(stated.items()) if names)


def text():
    """Return all findings of all cases as text."""
    return "\n".join(line for name in CASES for line in (f"== {name}", *(line for finding in found(name) for line in lines_of(finding)), ""))


def lines_of(finding):
    """Yield the lines of one finding."""
    yield f"{finding.verdict.value}: {said(finding.subject)} [{finding.check}, {finding.ladder or 'no ladder'}]"
    for m in finding.measurements:
        bound = "" if m.limit is None else f" {m.operator} {'' if m.low is None else f'{m.low:g} to '}{m.limit:g}"
        doubt = " ".join(f"{source.name} {source.value:.3f}" for source in m.sources)
        yield f"  {m.name}{' at ' + m.at if m.at else ''} = {number(m.value)} {m.unit}{bound}{' +- ' + doubt if doubt else ''}{f' tolerance {m.tolerance:g}' if m.tolerance else ''}"
    for title, notes in (("note", finding.notes), ("missing", finding.missing), ("cure", finding.cures)):
        yield from (f"  {title} {said(note)}" for note in notes)
    yield from (f"  asks {q.key} ({q.kind}{' ' + q.unit if q.unit else ''}{' of ' + ', '.join(q.choices) if q.choices else ''}): {said(q.note)}" for q in finding.questions)
    for one in finding.premises:
        yield f"  rests on {one.key}, {one.settled}{' by ' + one.by if one.by else ''}{', flips' if one.flips else ''}: {said(one.note)}{' about ' + said(one.about) if one.about else ''}"
        for choice in one.choices:
            yield f"    {said(choice.note)} ({plain(choice.answer)}) gives {choice.verdict.value if choice.verdict else 'nothing'} {number(choice.value)} {choice.unit}".rstrip()
    yield from (f"  power {d.id}: {said(d.note)} limit {number(d.limit)} cures {d.cures} {' '.join(source.article for source in d.legal)}" for d in finding.deviations)
    for number_of, piece in enumerate(finding.evidence):
        if number_of < MOST_SHOWN or number_of == len(finding.evidence) - 1:
            yield f"  shows {piece.role}: {shape(piece)}{'' if piece.value is None else f' {number(piece.value)} {piece.unit}'}{' ' + said(piece.note) if piece.note else ''}"
    if len(finding.evidence) > MOST_SHOWN:
        yield f"  shows {len(finding.evidence)} in all"
    used = [f"{item.layer}/{item.fid}{'@' + item.date if item.date else ''}" for item in finding.inputs]
    if used:
        yield f"  used {' '.join(used)}"


def said(note):
    return " ".join([note.code, *(f"{key}={number(value) if isinstance(value, float) else value}" for key, value in note.data)])


def number(given):
    return "-" if given is None else f"{given:.2f}"


def plain(answer):
    """Return an answer with its places from the scene's corner."""
    if isinstance(answer, dict):
        return "{" + ", ".join(f"{key}: {plain(one)}" for key, one in answer.items()) + "}"
    if isinstance(answer, (list, tuple)):
        if len(answer) == 2 and all(isinstance(one, (int, float)) for one in answer) and answer[0] > ORIGIN[0] / 2:
            return f"({answer[0] - ORIGIN[0]:.1f} {answer[1] - ORIGIN[1]:.1f})"
        return "[" + ", ".join(plain(one) for one in answer) + "]"
    return f"{answer:.2f}" if isinstance(answer, float) else str(answer)


def shape(piece):
    """Return kind, size and bounds of what is shown, from the scene's corner."""
    if piece.triangles is not None:
        low, high = piece.triangles.min(axis=(0, 1)) - (*ORIGIN, GROUND), piece.triangles.max(axis=(0, 1)) - (*ORIGIN, GROUND)
        return f"triangles {' '.join(f'{one:.1f}' for one in (*low, *high))}"
    at = np.array(piece.geometry.bounds) - [*ORIGIN, *ORIGIN]
    size = piece.geometry.area or piece.geometry.length
    top = f" up to {shapely.get_coordinates(piece.geometry, include_z=True)[:, 2].max() - GROUND:.1f}" if piece.geometry.has_z else ""
    return f"{piece.geometry.geom_type} {size:.1f} within {' '.join(f'{one + 0.0:.1f}' for one in at)}{top}"


if __name__ == "__main__":
    HELD.write_text(text(), encoding="utf-8")
    ROUNDED.write_text(decimals(), encoding="utf-8")
    DOUBTED.write_text(doubts(), encoding="utf-8")
