"""The demo's outputs as small readable texts, and how two of them are compared.

    python tests/golden_outputs.py     # (make golden) writes tests/golden/ anew: look at ``git diff`` and commit what was meant

What differs from run to run or from machine to machine (clock, versions, folders) is replaced by its name in angle brackets. Numbers are rounded, and
may differ by one in their last decimal: GEOS and numpy differ between QGIS 3.22 and 3.44.
"""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "golden"
CASES = ("case", "case_sun", "open")
"""The demo's own, and ``open``: the demo with no question answered but two decisions of the officer, in English."""
DECISIONS = [
    {"rule": "bouwvlak", "design": "A", "verdict": "complies", "reason": "The bay is a minor part.", "by": "J. de Vries", "at": "2026-05-04"},
    {"rule": "bouwlagen", "design": "B", "verdict": "needs_judgement", "reason": "The attic may be a storey."},
]
MOST_ROWS = 16
"""Of a longer layer as many rows are written, evenly spread, under the sums over all its rows."""
MOST_ALIKE = 4
"""Of the findings of one check for one design as many are written whole; of the others one line."""
MOST_PICTURES = 9
WIDE = 150
BLOCKS_ACROSS, BLOCKS_DOWN = 12, 9
"""A picture is told by as many blocks: enough that a line in another place shows, few enough to read."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
BLOCKS = {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "caption", "figcaption", "section", "table", "dt", "dd", "title", "figure", "summary", "br", "text"}


def unlike(name: str, made: str, held: str, remedy: str = "make golden") -> str:
    """What changed between a text and the one that is held, with the command for what was meant; '' where nothing did."""
    changed = differences(made, held)
    return f"{name} changed; when that was meant: {remedy}\n" + "\n".join(changed[:60]) if changed else ""


class Text(HTMLParser):
    """The words of a page, a line per block; of a picture its description."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        """Start a line at a block; name a picture and a link's goal."""
        known = dict(attrs)
        self.silent += tag in ("style", "script")
        self.words.append("\n" if tag in BLOCKS else " | " if tag in ("td", "th") else "")
        if tag == "img":
            self.words.append(f"[picture: {known.get('alt')}]")
        if tag == "a" and not (known.get("href") or "").startswith("data:"):
            self.words.append(f"[{known.get('href')}] ")

    def handle_endtag(self, tag):
        """End the line of a block."""
        self.silent -= tag in ("style", "script")
        self.words.append("\n" if tag in BLOCKS else "")

    def handle_data(self, data):
        """Keep what is read."""
        self.words.append("" if self.silent else re.sub(r"\s+", " ", data))


def html_text(path: Path) -> str:
    """Return what a page says."""
    reader = Text()
    reader.feed(path.read_text(encoding="utf-8"))
    lines = (re.sub(r" +", " ", line).strip(" |") for line in "".join(reader.words).splitlines())
    return "\n".join(filter(None, lines))


def pictures_text(path: Path) -> str:
    """Return what the first pictures of a page look like: of each its description, then blocks of a photo or styles of a drawing."""
    from PIL import Image

    lines = []
    for tag in re.findall(r"<img [^>]*>", path.read_text(encoding="utf-8"))[:MOST_PICTURES]:
        alt, kind, data = (re.search(pattern, tag).group(1) for pattern in (r'alt="([^"]*)"', r"data:image/([a-z+]+)", r"base64,([^\"]*)"))
        raw = base64.b64decode(data)
        lines.append(f"\n== {alt}")
        lines += drawing_lines(raw) if kind == "svg+xml" else blocks_lines(Image.open(io.BytesIO(raw)))
    return "\n".join(lines).strip()


def blocks_lines(picture: Any) -> list[str]:
    """Return the size of a picture and the mean red/green/blue (0 to 1) of its blocks."""
    import numpy as np

    pixels = np.asarray(picture.convert("RGB"), dtype=np.float64) / 255
    bands = np.array_split(pixels, BLOCKS_DOWN, axis=0)
    means = [[block.mean(axis=(0, 1)) for block in np.array_split(band, BLOCKS_ACROSS, axis=1)] for band in bands]
    return [f"{picture.width} x {picture.height}", *(" ".join("/".join(f"{value:.2f}" for value in mean) for mean in row) for row in means)]


def drawing_lines(raw: bytes) -> list[str]:
    """Return of an SVG its words with their places, and of each style how much is drawn in it and between which corners."""
    root = ElementTree.fromstring(raw)
    lines, styles = [" ".join(f"{key}={root.get(key)}" for key in ("viewBox", "width", "height"))], {}
    for element in root.iter():
        tag, known = element.tag.split("}")[-1], dict(element.attrib)
        places = [(known.pop(f"{before}x{n}", None), known.pop(f"{before}y{n}", None)) for before, n in (("", ""), ("c", ""), ("", "1"), ("", "2"))]
        xy = [(float(x), float(y)) for x, y in places if x is not None and y is not None]
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", known.pop("d", known.pop("points", "")))]
        xy += list(zip(numbers[::2], numbers[1::2]))
        if tag in ("text", "tspan") and (element.text or "").strip():
            lines.append(f"{element.text.strip()!r} at {' '.join(f'{x:.1f} {y:.1f}' for x, y in xy[:1])}")
        if tag in ("path", "rect", "line", "circle", "polygon", "polyline", "text"):
            size = " ".join(f"{key}={known.pop(key)}" for key in ("width", "height", "r") if tag == "circle" and key in known)
            styles.setdefault(" ".join([tag, *(f"{key}={value}" for key, value in sorted(known.items()) if key not in ("width", "height", "transform")), size]), []).append(xy)
    for style, drawn in styles.items():
        corners = [corner for xy in drawn for corner in xy]
        between = " ".join(f"{f(axis):.1f}" for axis in zip(*corners) for f in (min, max)) if corners else ""
        lines.append(f"{len(drawn)} x {style} {between}".strip())
    return lines


def rasters_text(folder: Path) -> str:
    """Return the frames of the moving pictures and the blocks of the rasters."""
    import numpy as np
    from osgeo import gdal
    from PIL import Image

    lines = []
    for path in sorted(folder.glob("*.gif")):
        with Image.open(path) as moving:
            lines.append(f"\n== {path.name}: {moving.n_frames} frames, {moving.info.get('duration')} ms")
            for frame in (0, moving.n_frames // 2, moving.n_frames - 1):
                moving.seek(frame)
                lines += [f"frame {frame}", *blocks_lines(moving)]
    for path in sorted(folder.glob("*.tif")):
        raster = gdal.Open(str(path))
        lines.append(f"\n== {path.name}: {raster.RasterXSize} x {raster.RasterYSize}, {' '.join(f'{value:.2f}' for value in raster.GetGeoTransform())}")
        for number in range(1, raster.RasterCount + 1):
            band = raster.GetRasterBand(number)
            values = band.ReadAsArray().astype(np.float64)
            values[values == band.GetNoDataValue()] = np.nan
            blocks = [[block[~np.isnan(block)] for block in np.array_split(rows, BLOCKS_ACROSS, axis=1)] for rows in np.array_split(values, BLOCKS_DOWN, axis=0)]
            lines.append(f"band {number} {band.GetDescription()}")
            lines += [" ".join(f"{block.mean():.1f}" if len(block) else "-" for block in row) for row in blocks]
    return "\n".join(lines).strip()


def pdf_text(path: Path) -> str:
    """Return what a PDF says, in the order of its contents; lines of a paragraph are one line."""
    printed = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
    printed = re.sub("\u00ad\n", "", printed)  # a word that was broken off
    return "\n".join(filter(None, (line.strip() for line in printed.replace("\f", "\n-- page --\n").splitlines())))


def rounded(value: Any, digits: int = 3) -> Any:
    """Return a tree with its floats rounded, and without what is empty; long hashes cut short."""
    if isinstance(value, float):
        return round(value, digits) + 0.0
    if isinstance(value, dict):
        return {key: rounded(item, digits) for key, item in value.items() if item is not None and item not in ([], {}, "")}
    if isinstance(value, (list, tuple)):
        return [rounded(item, digits) for item in value]
    if isinstance(value, str):
        return re.sub(r"\b([0-9a-f]{8})[0-9a-f]{24,}\b", r"\1...", value)
    return value


def readable(value: Any, indent: str = "") -> str:
    """Return a tree as text: what fits on a line on one line."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + len(indent) <= WIDE or not isinstance(value, (dict, list)):
        return line
    if isinstance(value, dict):
        return "".join(f"\n{indent}{key}: {readable(item, indent + '  ')}" for key, item in value.items())
    return "".join(f"\n{indent}- {readable(item, indent + '  ')}" for item in value)


def record_text(record: dict[str, Any]) -> str:
    """Return a record as text; of many findings of one check all but a few are one line."""
    seen: dict[Any, int] = {}
    findings = []
    for finding in record["findings"]:
        group = (finding["check"], finding["design"])
        seen[group] = seen.get(group, 0) + 1
        short = {"check": finding["check"], "subject": finding["subject"], "verdict": finding["verdict"], "value": [m["value"] for m in finding["measurements"]][:2]}
        findings.append(short if seen[group] > MOST_ALIKE else finding)
    case = {**record["case"], "folder": "<demo>"}  # relative to the output: it differs per run
    return readable(rounded({**record, "case": case, "findings": findings})).lstrip("\n")


def _shape(geometry: Any) -> str:
    """Return what a geometry is and where, by numbers that do not depend on how it was put together."""
    import shapely

    if geometry is None or geometry.is_empty:
        return "nothing"
    low = [f"{value:.2f}" for value in geometry.bounds]
    heights = shapely.get_coordinates(geometry, include_z=True)[:, 2]
    up = f" z {heights.min():.2f}..{heights.max():.2f}" if geometry.has_z else ""
    size = f" area {geometry.area:.2f}" if geometry.area else f" length {geometry.length:.2f}" if geometry.length else ""
    return f"{geometry.geom_type} {' '.join(low)}{up}{size}"


def layers_text(path: Path) -> str:
    """Return the rows of every layer of a GeoPackage."""
    import pyogrio

    lines = []
    for name, kind in pyogrio.list_layers(path):
        if name == "layer_styles":  # written by QGIS, in its own words
            continue
        table = pyogrio.read_dataframe(path, layer=name, fid_as_index=True)
        lines.append(f"\n== {name} ({kind}): {len(table)} rows")
        columns = [column for column in table.columns if column != "geometry"]
        step = -(-len(table) // MOST_ROWS)
        if step > 1:
            sums = [f"{column} {table[column].sum():.1f}" if table[column].dtype.kind in "fi" else f"{column} {table[column].nunique()} kinds" for column in columns]
            if "geometry" in table:
                sums.append(f"area {table.geometry.area.sum():.1f}")  # not the length: triangles can lie otherwise in the same face
            lines.append("all: " + ", ".join(sums))
        for fid, row in table.iloc[:: max(step, 1)].iterrows():
            known = {column: row[column] for column in columns if row[column] is not None and row[column] == row[column] and str(row[column]) != ""}
            values = [f"{column}={f'{value:.3f}' if isinstance(value, float) else rounded(str(value))}" for column, value in known.items()]
            drawn = "geometry" in table and known.get("role") != "section_line"  # its ends follow the order of corners, which GEOS chooses
            lines.append(f"{fid} " + "; ".join([*values, _shape(row["geometry"])] if drawn else values))
    return "\n".join(lines).lstrip("\n")


def settled(text: str, record: dict[str, Any], folder: Path) -> str:
    """Return a text with the names of what a run and a machine put in it."""
    from drieluik import texts

    at = record["run"]["at"]
    known = {
        str(folder.resolve()): "<output>", at: "<time>", at[:19].replace("T", " "): "<time>", at[:10]: "<date>",
        **{entry["retrieved"]: "<date>" for entry in record["inputs"] if entry.get("retrieved")},
    }
    for old, new in list(known.items()):
        if new in ("<time>", "<date>"):  # as people say it too
            known.update({said(old, lang): new for lang in texts.LANGUAGES for said in (texts.spoken_moment, texts.spoken_date)})
    for old in sorted(known, key=len, reverse=True):
        text = re.sub(re.escape(old).replace(r"\ ", r"\s+"), known[old], text)  # a date may be broken over lines
    for name, version in record["run"]["versions"].items():
        text = re.sub(rf"({re.escape(name)}\W{{1,4}}){re.escape(version)}", r"\1<version>", text, flags=re.IGNORECASE)
    return re.sub(r"[ \t]+\n", "\n", text).strip() + "\n"


def outputs(case: str) -> dict[str, str]:
    """Run a case of the demo and return its outputs as texts, by the name of their golden file."""
    from drieluik import texts
    from drieluik.data_sources.case import case_from
    from drieluik.data_sources.formats.validation import read_yaml
    from drieluik.errors import CaseError
    from drieluik.job import run_case
    from drieluik.report import write_outputs

    lang = "en" if case == "open" else "nl"
    texts.use_language(lang)
    path = ROOT / "demo" / f"{'case' if case == 'open' else case}.yaml"
    asked, _ = read_yaml(path, CaseError, "case")
    if case == "open":
        asked["answers"] = {"overrides": DECISIONS}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "out"
        write_outputs(run_case(case_from(asked, str(path.parent), path.name)), folder, lang)
        record = json.loads((folder / "review.json").read_text(encoding="utf-8"))
        made = {f"{case}.record.txt": record_text(record)}
        if case == "case":  # the surroundings of the other are the same
            made[f"{case}.surroundings.txt"] = layers_text(folder / "surroundings.gpkg")
        made[f"{case}.findings.txt"] = layers_text(folder / "findings.gpkg")
        made[f"{case}.rasters.txt"] = rasters_text(folder)
        for page in sorted(folder.glob("*.html")):
            made[f"{case}.{page.stem}.html.txt"] = html_text(page)
            made[f"{case}.{page.stem}.pictures.txt"] = pictures_text(page)
        for page in sorted(folder.glob("*.pdf")) if shutil.which("pdftotext") else ():
            made[f"{case}.{page.stem}.pdf.txt"] = pdf_text(page)
        if case == "open":  # its pictures and pages are laid out as the others'
            made = {name: text for name, text in made.items() if name.endswith((".record.txt", ".findings.txt", ".html.txt"))}
        return {name: settled(text, record, folder) for name, text in made.items()}


def differences(found: str, golden: str) -> list[str]:
    """Return the lines in which two texts differ by more than one in the last decimal of a number; white space counts for nothing."""
    import difflib

    if _alike(" ".join(found.split()), " ".join(golden.split())):
        return []
    theirs, ours = golden.splitlines(), found.splitlines()
    lines = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        if kind != "equal" and not _alike(" ".join(" ".join(theirs[a:b]).split()), " ".join(" ".join(ours[c:d]).split())):
            lines += [f"- {line}" for line in theirs[a:b]] + [f"+ {line}" for line in ours[c:d]]
    return lines or ["the same lines in another order"]


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if NUMBER.split(one) != NUMBER.split(other):
        return False
    return all(_close(a, b) for a, b in zip(NUMBER.findall(one), NUMBER.findall(other)))


def _close(a: str, b: str) -> bool:
    """Return whether two numbers are the same to one in the last decimal that is written; whole numbers must be equal."""
    a, b = a.replace(",", "."), b.replace(",", ".")
    decimals = min(len(text.partition(".")[2]) for text in (a, b))
    return a == b or (decimals > 0 and abs(float(a) - float(b)) < 1.01 * 10.0**-decimals)


def main() -> None:
    """Write the golden files anew, of the demo, the drawings and the small review, and say which changed."""
    import drawings
    import small_review
    import small_sun

    write_anew(FOLDER, {name: text for case in CASES for name, text in outputs(case).items()})
    write_anew(drawings.FOLDER, drawings.drawings())
    write_anew(small_review.FOLDER, small_review.texts_of())
    write_anew(small_sun.FOLDER, small_sun.texts_of())


def write_anew(folder: Path, made: dict[str, str]) -> None:
    """Write texts into a folder, those that changed, and take away what is no longer made."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.txt"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        known = (folder / name).read_text(encoding="utf-8") if (folder / name).exists() else ""
        changed = len(differences(text, known))
        if changed:  # a last decimal is no reason to touch a file
            (folder / name).write_text(text, encoding="utf-8")
        print(f"{name:32s} {len(text) // 1024:4d} kB  {f'{changed} lines changed' if changed else 'as it was'}")


if __name__ == "__main__":
    sys.exit(main())
