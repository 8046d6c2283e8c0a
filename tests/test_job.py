"""The main job on real Delft data, and through the command line: outputs, rerun, and bad input that loses nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from said import said

from drieluik import cli
from drieluik.data_sources.case import read_case
from drieluik.job import run_case
from drieluik.model import LayerState, Verdict
from scenes import ROOT

OUTPUTS = {
    "review.json", "findings.gpkg", "findings.csv", "findings.xlsx", "findings_bcf21.bcf", "findings_bcf30.bcf", "surroundings.gpkg", "terrain.tif",
    "report.html", "report.pdf", "letter.odt", "project.qgz",
}


def run(*words):
    """Run the command in a process of its own."""
    return subprocess.run([sys.executable, "-m", "drieluik.cli", *map(str, words)], capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture(scope="module")
def delft(shared):
    if shared.resolve() != (ROOT.parent / "shared").resolve():
        pytest.skip("the real data do not stand beside the project")
    return run_case(read_case(ROOT / "tests" / "cases" / "delft.yaml"))


def test_delft_layers(delft):
    states = {record.layer: record.state for record in delft.inputs}
    assert states["bgt"] is states["terrain"] is states["points"] is states["buildings3d"] is states["design"] is LayerState.LOADED
    assert states["bag"] is LayerState.NOT_ASKED
    assert states["plans"] is LayerState.EMPTY  # the real plan of Spijkenisse is read, and has nothing in Delft


def test_delft_findings(delft):
    found = {f.check: f for f in delft.findings}
    height = found["max_building_height"]
    assert height.verdict is Verdict.VIOLATES
    assert height.measurements[0].value == pytest.approx(6.318, abs=0.005)  # the house's own truth: ridge 6.318 above its floor
    assert found["within_building_plane"].verdict is Verdict.NOT_ASSESSABLE
    assert found["max_coverage_pct"].verdict is Verdict.NOT_ASSESSABLE
    assert found["public_space_overlap"].verdict is Verdict.COMPLIES


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "out"
    done = run("review", ROOT / "demo" / "case.yaml", "--out", folder)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_review_writes_everything_and_prints_the_table(outputs):
    folder, printed = outputs
    assert set(os.listdir(folder)) >= OUTPUTS
    assert [p for p in os.listdir(folder.parent) if p.startswith(".")] == []
    assert "3 voldoen niet" in printed
    every = sum(found["design"] == "B" for found in json.loads((folder / "review.json").read_text(encoding="utf-8"))["findings"])
    assert f"B: {every} voldoen" in printed
    assert str(folder / "report.pdf") in printed


def test_pdf_is_tagged_archivable_and_holds_the_record(outputs):
    if shutil.which("pdfinfo") is None:
        pytest.skip("poppler-utils is not installed")
    folder, _ = outputs
    info = subprocess.run(["pdfinfo", folder / "report.pdf"], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in info
    assert "Toetsing bouwontwerp" in info
    raw = (folder / "report.pdf").read_bytes()
    assert b"<pdfaid:part>3</pdfaid:part>" in raw
    assert b"pdfuaid" in raw
    subprocess.run(["pdfdetach", "-save", "1", "-o", folder / "attached.json", folder / "report.pdf"], check=True)
    assert (folder / "attached.json").read_text() == (folder / "review.json").read_text()
    text = subprocess.run(["pdftotext", "-layout", folder / "report.pdf", "-"], capture_output=True, text=True, check=True).stdout
    for words in ("1,10 m uit boven de grens van 8,50 m", "5.2.1 onder b", "Wat voldoet", "CC BY 4.0", "J. de Vries", "review.json"):
        assert words in text, words


def test_html_is_one_file_with_structure(outputs):
    folder, _ = outputs
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert '<html lang="nl">' in text
    assert 'src="http' not in text
    assert text.count("<img ") == text.count('alt="') >= 7
    assert '<th scope="col"' in text
    assert "Sluiten" not in text


def test_rerun_gives_the_same_findings(outputs):
    folder, _ = outputs
    done = run("rerun", folder / "review.json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "gelijk" in done.stdout


def test_replies_of_an_architect_are_printed_with_the_rule(outputs, tmp_path):
    folder, _ = outputs
    none = run("replies", folder / "review.json", folder / "findings_bcf21.bcf")
    assert (none.returncode, none.stdout.strip()) == (0, "Geen antwoorden in findings_bcf21.bcf."), none.stderr
    with zipfile.ZipFile(folder / "findings_bcf21.bcf") as given, zipfile.ZipFile(tmp_path / "terug.bcf", "w") as sent:
        for name in given.namelist():
            said = '<Comment Guid="x"><Date>2026-05-20T09:00:00Z</Date><Author>bureau</Author><Comment>De nok gaat omlaag.</Comment></Comment><Viewpoints'
            sent.writestr(name, given.read(name).replace(b"<Viewpoints", said.encode(), 1) if name.endswith("markup.bcf") else given.read(name))
    done = run("replies", folder / "review.json", tmp_path / "terug.bcf")
    assert done.returncode == 0 and "A · bouwvlak · Bouwen binnen het bouwvlak" in done.stdout and "bureau, 20 mei 2026: De nok gaat omlaag." in done.stdout
    bad = run("replies", folder / "review.json", folder / "review.json")
    assert bad.returncode == 1 and "geen BCF" in bad.stderr


def test_rerun_notices_a_changed_finding(outputs, tmp_path):
    folder, _ = outputs
    record = json.loads((folder / "review.json").read_text())
    record["findings"][0]["measurements"][0]["value"] = 1.0
    record["case"]["folder"] = str(ROOT / "demo")
    (tmp_path / "review.json").write_text(json.dumps(record))
    done = run("rerun", tmp_path / "review.json")
    assert done.returncode == 1
    assert "findings[0].measurements[0].value" in done.stdout


def test_two_runs_give_the_same_record_but_for_the_run(outputs, tmp_path):
    folder, _ = outputs
    again = tmp_path / "out"
    assert run("review", ROOT / "demo" / "case.yaml", "--out", again).returncode == 0
    a, b = (json.loads((f / "review.json").read_text()) for f in (folder, again))
    for record in (a, b):
        record.pop("run")
        record["case"].pop("folder")
    assert a == b


def demo_copy(tmp_path) -> Path:
    shutil.copytree(ROOT / "demo", tmp_path / "demo", ignore=shutil.ignore_patterns("generator", "__pycache__"))
    return tmp_path / "demo" / "case.yaml"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("rules.yaml", "none.yaml", ["none.yaml", "bestaat niet"]),
        ("designs/house_A.ifc", "designs/none.ifc", ["none.ifc", "bestaat niet"]),
        ("radius_m", "radius", ["'radius'", "bedoelt u 'radius_m'"]),
        ("187030.3, 440992.1", "217030.3, 440992.1", ["30,0 km", "controleer de plaatsing"]),
    ],
)
def test_bad_case_is_one_sentence_and_earlier_outputs_stand(tmp_path, old, new, words):
    case = demo_copy(tmp_path)
    case.write_text(case.read_text().replace(old, new))
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.pdf").write_text("earlier")
    done = run("review", case, "--out", out)
    assert done.returncode == 1
    assert all(word in done.stderr for word in words), done.stderr
    assert "Traceback" not in done.stderr
    assert os.listdir(out) == ["report.pdf"]
    assert (out / "report.pdf").read_text() == "earlier"


@pytest.mark.parametrize(("name", "content"), [("bgt_wegdeel.geojson", b'{"type": "Feat'), ("plan.gml", b"<html>"), ("ahn_dtm_05m.tif", b"II*\0")])
def test_a_broken_layer_leaves_the_rest_of_the_review(tmp_path, name, content):
    case = demo_copy(tmp_path)
    (case.parent / "data" / name).write_bytes(content)
    review = run_case(read_case(case))
    assert any(record.state is LayerState.FAILED for record in review.inputs)
    assert any(f.verdict in (Verdict.COMPLIES, Verdict.VIOLATES) for f in review.findings)


def test_unwritable_folder_is_said_before_the_work(tmp_path):
    target = tmp_path / "file"
    target.write_text("I am no folder")
    done = run("review", ROOT / "demo" / "case.yaml", "--out", target)
    assert done.returncode == 1
    assert "kan niet worden geschreven" in done.stderr
    assert target.read_text() == "I am no folder"


def test_full_disk_leaves_no_half_report(tmp_path, monkeypatch):
    from drieluik import report
    from drieluik.errors import OutputError

    review = run_case(read_case(ROOT / "demo" / "case.yaml"))
    monkeypatch.setattr("drieluik.report.pages.pdf.write_pdf", lambda *a: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OutputError, match="niet genoeg ruimte"):
        report.write_outputs(review, tmp_path / "out")
    assert os.listdir(tmp_path) == []


SLOW_REVIEW = """
import sys, time
from drieluik import cli
from drieluik.report.layers import review_layers
def slow(*args):
    print("busy", flush=True)
    time.sleep(60)
review_layers.write_terrain = slow
sys.exit(cli.main(sys.argv[1:]))
"""


def test_ctrl_c_leaves_nothing(tmp_path):
    """Stopped in the midst of writing; a shell's background jobs ignore SIGINT, so the child takes its default back."""
    command = [sys.executable, "-c", SLOW_REVIEW, "review", str(ROOT / "demo" / "case.yaml"), "--out", str(tmp_path / "out")]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    for line in process.stdout:
        if "busy" in line:
            break
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "Gestopt" in error
    assert "Traceback" not in error
    assert os.listdir(tmp_path) == []


def test_wrong_usage_exits_2():
    with pytest.raises(SystemExit) as caught:
        cli.main(["review"])
    assert caught.value.code == 2


def test_rules_command(capsys):
    assert cli.main(["rules", "validate", str(ROOT / "demo" / "rules.yaml")]) == 0
    assert cli.main(["rules", "test", str(ROOT / "demo" / "rules.yaml")]) == 0
    assert cli.main(["rules", "list"]) == 0
    printed = capsys.readouterr().out
    assert "2 van 2 proeven" in printed
    assert "max_building_height" in printed


def test_a_case_without_rule_files_is_reviewed_by_the_plans_own_rules(tmp_path):
    demo = ROOT / "demo"
    text = (demo / "case.yaml").read_text(encoding="utf-8").replace("data/", f"{demo}/data/").replace("designs/", f"{demo}/designs/")
    (tmp_path / "case.yaml").write_text("".join(line for line in text.splitlines(True) if not line.startswith("rulesets")), encoding="utf-8")
    case = read_case(tmp_path / "case.yaml")
    review = run_case(case)
    assert [ruleset.id for ruleset in review.rulesets] == ["plan"]
    heights = {(f.design, said(f)): f.verdict for f in review.findings if f.check == "max_building_height"}
    assert heights["A", "maximum bouwhoogte 8,5 m"] is Verdict.VIOLATES
    assert heights["B", "maximum bouwhoogte 8,5 m"] is Verdict.COMPLIES
    assert all(f.rule in {rule.id for rule in review.rulesets[0].rules} for f in review.findings)
