"""Kinds of documents, from the published lists, and what each does at a place: a code decides where there is one, a word else.

Sources: STOP waardelijst soortRegeling (regelingtype_001 to 016), IMRO2006/2008/2012 typePlan, the IHR's own kinds; Omgevingswet 2.4, 2.6, 2.22,
4.14-4.16, 5.52, 16.21, 22.1, Wro 3.1-3.38, 4.2.
"""

from __future__ import annotations

import re

STOP_KINDS = {
    "regelingtype_001": "amvb", "regelingtype_002": "ministeriële regeling", "regelingtype_003": "omgevingsplan", "regelingtype_004": "omgevingsverordening",
    "regelingtype_005": "waterschapsverordening", "regelingtype_006": "omgevingsvisie", "regelingtype_007": "projectbesluit", "regelingtype_008": "instructie",
    "regelingtype_009": "voorbeschermingsregels", "regelingtype_010": "programma", "regelingtype_011": "reactieve interventie",
    "regelingtype_012": "aanwijzingsbesluit n2000", "regelingtype_013": "toegangsbeperkingsbesluit",
    "regelingtype_014": "omgevingsplanregels uit projectbesluit", "regelingtype_015": "voorbeschermingsregels omgevingsplan",
    "regelingtype_016": "voorbeschermingsregels omgevingsverordening",
}
SAME = {
    "omgevingsplanregels projectbesluit": "omgevingsplanregels uit projectbesluit", "gemeentelijk plan; bestemmingsplan artikel 10": "bestemmingsplan",
    "gemeentelijk plan; uitwerkingsplan artikel 11": "uitwerkingsplan", "gemeentelijk plan; wijzigingsplan artikel 11": "wijzigingsplan",
    "gemeentelijk plan; voorbereidingsbesluit": "voorbereidingsbesluit",
}
"""Words of the DSO and of the IHR (for plans of the IMRO2006 time) for a kind that has another word elsewhere."""
NEW_PART = (
    "omgevingsplan", "voorbeschermingsregels", "voorbeschermingsregels omgevingsplan", "omgevingsplanregels uit projectbesluit", "tijdelijk regelingdeel",
)
"""Parts of the omgevingsplan of the Omgevingswet, the temporary ones before the rest."""
LAPSING = ("voorbeschermingsregels", "voorbeschermingsregels omgevingsplan")
"""Temporary rules that end by themselves."""
WRO_PLANS = ("bestemmingsplan", "inpassingsplan", "rijksbestemmingsplan", "uitwerkingsplan", "wijzigingsplan", "")
BINDS = (*NEW_PART, "tam-omgevingsplan", *WRO_PLANS, "beheersverordening")
"""Kinds with rules for a building plan that bind everyone."""
ALSO_HOLDS = (
    "omgevingsverordening", "voorbeschermingsregels omgevingsverordening", "waterschapsverordening", "amvb", "ministeriële regeling", "regeling",
    "provinciale verordening", "toegangsbeperkingsbesluit", "aanwijzingsbesluit n2000",
)
"""Rules that hold for everyone beside the plan; no check tests them."""
NOTICES = ("voorbereidingsbesluit",)
HITS = ("gerechtelijke uitspraak", "uitspraak abrs", "uitspraak rechtbank", "reactieve aanwijzing", "reactieve interventie", "goedkeuringsbesluit")
"""Decisions after which what they name of a plan may no longer hold."""
MARKED = "besluit met gebiedsmarkering"
"""What a file is that says only where a decision lies: which decision, its publication says."""
PERMITS = (
    MARKED,
    "omgevingsvergunning", "projectbesluit", "tijdelijke ontheffing buitenplans", "artikel 19 besluit", "vrijstellingsbesluit",
    "gemeentelijk plan; artikel 19 plan", "buiten toepassing verklaring beheersverordening",
)
"""What allows one project beside the plan."""
INFORMS = (
    "omgevingsvisie", "programma", "instructie", "structuurvisie", "exploitatieplan", "aanwijzingsbesluit", "besluit aanwijzing", "europees plan",
    "euregionaal plan",
    "gemeentelijke visie; overig", "gemeentelijk plan; structuurplan", "gemeentelijk plan; structuurschets", "gemeentelijk plan; structuurvisie",
    "nationaal plan", "nationaal plan; pkb", "nationaal plan; nota", "nationaal plan; structuurschema/schets", "nationaal plan; uitwerking nationaal plan",
    "provinciaal plan", "provinciaal plan; omgevingsplan", "provinciaal plan; sectorplan", "provinciaal plan; streekplan",
    "provinciaal plan; uitwerking provinciaal plan", "regionaal plan", "regionaal plan; omgevingsplan", "regionaal plan; sectorplan",
    "regionaal plan; structuurplan/schets/visie", "regionaal plan; uitwerking regionaal plan",
)
"""What binds the authority at most, no builder."""
KNOWN = frozenset((*BINDS, *ALSO_HOLDS, *NOTICES, *HITS, *PERMITS, *INFORMS))
CHANGING_ROLES = (
    "als mutatie opgenomen", "herziening van extern plan", "heziening van extern plan", "ten gevolge van extern plan", "ter vervanging van extern plan",
)
"""Words in the role of a reference to another plan by which the plan that refers goes before the other; the rest only inform, or look ahead."""


def kind_of(code: str, word: str = "") -> str:
    """Return the kind of a document by its code in a published list, else by its word; unknown codes stay as they are written."""
    known = STOP_KINDS.get(code.rpartition("/")[2].lower())
    said = (word or code).strip().lower()
    return known or SAME.get(said, said)


AUTHORITIES = {"gm": "omgevingsplan", "pv": "regeling van een provincie", "ws": "regeling van een waterschap", "mnre": "regeling van het rijk"}
"""By the code of an authority what its rules are where nothing says their kind: those of a municipality bind, whichever of their kinds they are (003,
009, 014, 015); of others nobody knows whether they are direct rules or parts of an omgevingsplan."""


def kind_by_authority(*identities: str) -> str:
    """Return the kind of a regeling that does not say it, by the code of its authority (``/akn/nl/act/gm0344/...``, ``nl.imow-pv26...``)."""
    codes = (re.search(r"(?:/act/|nl\.imow-|^)(gm|pv|ws|mnre)\d", identity) for identity in identities)
    return next((AUTHORITIES[code[1]] for code in codes if code), "regeling zonder soort")


def replaces_the_other(role: str) -> bool:
    """Whether a reference of a role says that the plan that refers comes in the place of the other."""
    return "ter vervanging van extern plan" in role.strip().lower()


def changes_the_other(role: str) -> bool:
    """Whether a reference of a role (``rolExternPlan``) means that the plan that refers changes the other; a reference without a role may."""
    said = role.strip().lower()
    return not said or any(word in said for word in CHANGING_ROLES)
