"""Reads the published code lists from their sources again and says what changed: refresh_lists.py [--write] FOLDER.

FOLDER holds clones of the repositories, each as owner/name, owner+name or name (with or without a work tree). Lists whose source no program can
read are named, with where they were read and when. Exits 1 when a list has changed.
"""

from __future__ import annotations

import datetime
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

PUBLISHED = Path(__file__).resolve().parent.parent / "data_sources" / "published"
Items = dict[str, dict[str, Any]]
IMRO, TPOD, BAG = "Geonovum/imro-dev", "Geonovum/TPOD", "nlextract/NLExtract"
SCHEMAS = {
    "2006": "XML Schema/2006/IMRO2006XML.xsd", "2008": "XML Schema/2008-v1.1/local-IMRO2008.xsd",
    "2012": "XML Schema/2012-v1.3/20120209-IMRO2012-Schema-Lokaal/IMRO2012.xsd",
}
FUNCTIONS = {"2012": "XML Schema/2012-v1.3/20140826-IMRO2012-Functielijst/functieaanduidingen.xsd", "2008": SCHEMAS["2008"]}
SYMBOLS = {"2012": "XML Schema/2012-v1.3/20120209-IMRO2012-Schema-Lokaal/matrixsymboolcode.xsd"}
IMRO_LISTS = {
    "typeplan": (SCHEMAS, r"BesluittypeType|RuimtelijkPlan(?:BP|SV|PP|NP)?Type|RuimtelijkPlanOfBesluit_\w+"), "planstatus": (SCHEMAS, r"Planstatus\w*"),
    "typeplanobject": (SCHEMAS, r"RuimtelijkPlanobject\w*"), "rolexternplan": (SCHEMAS, r"RolExternPlan\w*"),
    "maatvoering": (SCHEMAS, r"(?:OmvangWaarde|Maatvoeringen)\w*EnumerationType"), "bestemmingshoofdgroep": (SCHEMAS, r"Bestemmingshoofdgroep_\w+|HoofdbestemmingType"),
    "dubbelbestemming": (SCHEMAS, r"Bestemmingshoofdgroep_DType"), "gebiedsaanduidinggroep": (SCHEMAS, r"GebiedsaanduidinggroepType"),
    "gebiedsaanduiding": (SCHEMAS, r"GebiedsaanduidingenEnumerationType"), "bouwaanduiding": (SCHEMAS, r"BouwaanduidingenEnumerationType"),
    "figuur": (SCHEMAS, r"FigurenEnumerationType"), "functieaanduiding": (FUNCTIONS, r"FunctieaanduidingenEnumerationType"),
    "symboolcode": (SYMBOLS, r"SymboolCodeMatrixEnumerationType"),
}
"""List -> the schema of each version, and the names of the types that together are it."""
NAMED = re.compile(r'<(?:\w+:)?simpleType name="([^"]+)"')
VALUE = re.compile(r'<(?:\w+:)?enumeration value="([^"]*)"')


class Sources:
    """The clones in a folder; raises ``FileNotFoundError`` for a repository that is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def clone(self, repository: str) -> Path:
        """Return the clone of a repository, the git directory itself where it has no work tree."""
        owner, _, name = repository.partition("/")
        for place in (self.folder / owner / name, self.folder / f"{owner}+{name}", self.folder / name):
            for clone in (place, place / "repo", place / "repo.git"):
                if (clone / ".git").exists() or (clone / "HEAD").exists():
                    return clone
        raise FileNotFoundError(repository)

    def git(self, repository: str, *words: str) -> bytes:
        """Return what git says in a clone."""
        return subprocess.run(["git", "-C", str(self.clone(repository)), *words], check=True, capture_output=True).stdout

    def text(self, repository: str, path: str) -> str:
        """Return the text of a file as last committed."""
        return self.git(repository, "show", f"HEAD:{path}").decode("utf-8-sig")

    def paths(self, repository: str, pattern: str) -> list[str]:
        """Return the paths of a repository that a pattern matches whole."""
        return [path for path in self.git(repository, "ls-tree", "-rz", "--name-only", "HEAD").decode().split("\0") if re.fullmatch(pattern, path)]


def enumerations(schema: str, types: str) -> list[str]:
    """Return the values of the types of a schema whose name a pattern matches whole."""
    parts = NAMED.split(schema)
    return [value for name, body in zip(parts[1::2], parts[2::2]) if re.fullmatch(types, name) for value in VALUE.findall(body.split("simpleType>")[0])]


def imro(name: str) -> Callable[[Sources], Items]:
    """Return what reads a list of IMRO: code -> the versions that have it."""
    schemas, types = IMRO_LISTS[name]

    def read(sources: Sources) -> Items:
        found: dict[str, list[str]] = {}
        for version, path in sorted(schemas.items()):
            for value in dict.fromkeys(enumerations(sources.text(IMRO, path), types)):
                found.setdefault(value, []).append(version)
        return {value: {"versions": " ".join(versions)} for value, versions in found.items() if not value.startswith("other")}

    return read


def references(sources: Sources) -> Items:
    """Return the elements by which a plan of IMRO refers to another: code -> the versions that have it."""
    found: dict[str, list[str]] = {}
    for version, path in SCHEMAS.items():
        names = re.findall(r'<(?:\w+:)?element name="((?:ExternPlanReferentie|verwijzingNaarExternPlan)\w*)"', sources.text(IMRO, path))
        for name in dict.fromkeys(names):
            if not name.endswith("Info"):
                found.setdefault(name, []).append(version)
    return {name: {"versions": " ".join(versions)} for name, versions in found.items()}


def imow(sources: Sources) -> tuple[str, Mapping[str, Items]]:
    """Return the version and the lists of IMOW: list -> code -> label."""
    files = sources.paths(TPOD, r"Waardelijsten/[Ww]aardelijsten[ _]IMOW[ _]v[\d.]+\.json")
    newest = max(files, key=lambda path: [int(part) for part in re.findall(r"\d+", path)])
    data = json.loads(sources.text(TPOD, newest))["waardelijsten"]
    lists = {}
    for one in data["waardelijst"]:
        values = one["waarden"]["waarde"]
        values = values if isinstance(values, list) else [values]
        lists[one["uri"].rpartition("/")[2].lower()] = {value["uri"].rpartition("/")[2]: {"label": value["label"]} for value in values}
    return str(data["versie"]), lists


def kinds_of_regeling(sources: Sources) -> Items:
    """Return the kinds of regeling: code -> label, and whether it may hold rules for everyone and a pons."""
    packed = sources.git(TPOD, "show", "HEAD:OW-objecten_per_soortRegeling.zip")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        text = archive.read("OW-objecten_per_soortRegeling.xml").decode("utf-8-sig")
    found: Items = {}
    for block in text.split("<soortRegeling>")[1:]:
        code, label = (re.search(f"<{tag}>([^<]*)</{tag}>", block) for tag in ("id", "label"))
        if code and label:
            may = {name: f'naam="{name}" waarde="wel"' in block for name in ("RegelVoorIedereen", "Pons")}
            found[code[1].rpartition("/")[2]] = {"label": label[1].strip(), "rules": may["RegelVoorIedereen"], "pons": may["Pons"]}
    return found


def states_of_bag(types: str) -> Callable[[Sources], Items]:
    """Return what reads the states of the BAG from the schema of its extract."""

    def read(sources: Sources) -> Items:
        (path,) = sources.paths(BAG, r".*/IMBAGLV_Objecten-2\.1\.0\.xsd")
        return {value: {} for value in enumerations(sources.text(BAG, path), types)}

    return read


def val3dity(sources: Sources) -> Items:
    """Return the codes of val3dity: number -> name."""
    text = "".join(sources.text("tudelft3d/val3dity", path) for path in sources.paths("tudelft3d/val3dity", r"src/.*\.(?:h|cpp)"))
    return {code: {"label": name} for code, name in re.findall(r'\{\s*(\d{3}),\s*"([A-Z_0-9]+)"', text)}


def attributes_3dbag(sources: Sources) -> Items:
    """Return the attributes of 3DBAG: name -> its kind of value."""
    data = json.loads(sources.text("3DBAG/3dbag-specs", "resources/attributes.json"))
    return {name: {"type": str(one.get("type") or "")} for name, one in data.items() if isinstance(one, Mapping)}


READERS: dict[tuple[str, str], Callable[[Sources], Items]] = {
    **{("imro", name): imro(name) for name in IMRO_LISTS}, ("imro", "externplanreferentie"): references, ("stop", "soortregeling"): kinds_of_regeling,
    ("bag", "pandstatus"): states_of_bag("StatusPand"), ("bag", "verblijfsobjectstatus"): states_of_bag("StatusVerblijfsobject"),
    ("bag", "plaatsstatus"): states_of_bag("StatusPlaats"), ("buildings3d", "val3dity"): val3dity, ("buildings3d", "3dbag"): attributes_3dbag,
}


def changes(shipped: Mapping[str, Mapping[str, Any]], found: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return what a source has otherwise than a shipped list: codes that came, went, or of which a fact that the source has changed."""
    lines = [f"+ {code}" for code in found if code not in shipped] + [f"- {code}" for code in shipped if code not in found]
    for code in (code for code in found if code in shipped):
        other = {key: value for key, value in found[code].items() if shipped[code].get(key) != value}
        lines += [f"~ {code}: {key} {shipped[code].get(key)!r} -> {value!r}" for key, value in other.items()]
    return lines


def written(lists: Mapping[str, Any]) -> str:
    """Return a family of lists as text, a code a line."""
    blocks = []
    for name, one in sorted(lists.items()):
        head = [f'    "{key}": {json.dumps(one[key], ensure_ascii=False)},' for key in ("source", "version", "read_on", "by_hand") if key in one]
        items = [f"      {json.dumps(code, ensure_ascii=False)}: {json.dumps(facts, ensure_ascii=False)}" for code, facts in one["items"].items()]
        blocks.append("\n".join([f'  "{name}": {{', *head, '    "items": {', ",\n".join(items), "    }", "  }"]))
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def refreshed(family: str, lists: dict[str, Any], sources: Sources) -> dict[str, list[str]]:
    """Return what changed in each list of a family, and put it in ``lists``; facts of ours stay with their code."""
    found: dict[str, Items] = {}
    version, of_imow = imow(sources) if family == "imow" else ("", {})
    found.update(of_imow)
    found.update({name: read(sources) for (room, name), read in READERS.items() if room == family})
    told = {}
    for name, items in found.items():
        one = lists.setdefault(name, {"source": "", "version": "", "items": {}})
        told[name] = changes(one["items"], items) + ([f"version {one['version']} -> {version}"] if version and version != one["version"] else [])
        if told[name]:
            one.update(version=version or one["version"], read_on=datetime.date.today().isoformat())
            one["items"] = {code: {**one["items"].get(code, {}), **facts} for code, facts in items.items()}
    return told


def main(words: list[str]) -> int:
    """Compare every family; return 1 when something changed."""
    write = "--write" in words
    folders = [word for word in words if not word.startswith("-")]
    if len(folders) != 1:
        print(__doc__)
        return 2
    sources, changed = Sources(Path(folders[0])), False
    for path in sorted(PUBLISHED.glob("*.json")):
        lists = json.loads(path.read_text(encoding="utf-8"))
        try:
            told = refreshed(path.stem, lists, sources)
        except FileNotFoundError as missing:
            print(f"{path.stem}: no clone of {missing} in {folders[0]}")
            continue
        for name, one in sorted(lists.items()):
            lines = told.get(name)
            said = "by hand, read on " + one.get("read_on", "?") + " in " + str(one["source"]) if lines is None else f"{len(lines)} changes" if lines else "as it was"
            print(f"{path.stem}.{name}: {said}")
            print("".join(f"    {line}\n" for line in lines or ()), end="")
            changed = changed or bool(lines)
        if write:
            path.write_text(written(lists), encoding="utf-8")
    return int(changed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
