"""Symbol codes of maatvoeringen: what the symbol on the plan's map stands for (SVBP2012, bijlage 7)."""

from __future__ import annotations

_LIMITS = ("", "minimum", "maximum", "minimum-maximum")
_TABLE = {
    ("goothoogte",): "s128s s100 s101 s102",
    ("bouwhoogte",): "s128r s103 s104 s105",
    ("dakhelling",): "s128o s106 s107 s108",
    ("bebouwingspercentage",): "s128m s129k s109 -",
    ("aantal bouwlagen",): "s128d s129c s120 -",
    ("aantal wooneenheden",): "s128j s129i s119 -",
    ("bebouwd oppervlak",): "s128l s129j s130h -",
    ("oppervlakte",): "s128v s129q s130m -",
    ("volume",): "s128aa s129w s130r -",
    ("vloeroppervlakte",): "s128x s129t s127 -",
    ("breedte",): "s128n s129l s130i -",
    ("diepte",): "s128p s129m s130s -",
    ("lengte",): "s128u s129p s130l -",
    ("hoogte",): "s128q s129n s130j -",
    ("hoogteligging",): "s128t s129o s130k -",
    ("verticale bouwdiepte",): "s122 s129y s130t -",
    ("goothoogte", "bouwhoogte"): "- s110 s111 s112",
    ("goothoogte", "bouwhoogte", "dakhelling"): "- s113 s114 s115",
    ("goothoogte", "bouwhoogte", "dakhelling", "bebouwingspercentage"): "- s116 s117 s118",
    ("bouwhoogte", "bebouwingspercentage"): "- - s123 s125",
    ("goothoogte", "bouwhoogte", "bebouwingspercentage"): "- - s124 -",
    ("bouwhoogte", "aantal bouwlagen", "bebouwingspercentage"): "- - s126 -",
}

SYMBOLS = {code: (terms, limit) for terms, codes in _TABLE.items() for code, limit in zip(codes.split(), _LIMITS) if code != "-"}
"""Code -> (terms, limit); limit '' (none), minimum, maximum or minimum-maximum."""
