"""What is known not to hold yet, by law and rule, each with its reason: strict, so that what is cured must be taken off. Aim: empty."""

from __future__ import annotations

BROKEN: dict[tuple[int, str], str] = {}

SEEDS: dict[int, tuple[int, ...]] = {
    1: (227, 255, 319, 383, 403, 415, 463, 487, 499, 695, 771, 779, 827, 1643,),
    2: (1802,),
    5: (371,),
    6: (1138,),
    7: (537, 1097, 1189, 1657, 1661,),
    8: (242, 682, 802, 842, 862, 952, 992,),
    10: (201, 244, 251, 418, 432, 487, 528, 535, 549, 653, 698, 713, 757, 835, 850, 927, 964, 977, 984, 1018, 1074, 1096, 1165, 1202, 1212, 1235, 1295, 1320, 1350, 1643, 1794,),
}
"""Worlds beyond the first 200 in which a law was once broken: tried always."""

DECIDED_PCT = 90.0
"""Of the decidable verdicts, at least this share must be decided (law 10)."""
