"""What the script that reads the published lists again finds, keeps and tells."""

import importlib.util
import json
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "refresh_lists.py"
spec = importlib.util.spec_from_file_location("refresh_lists", SCRIPT)
lists = importlib.util.module_from_spec(spec)
spec.loader.exec_module(lists)

SCHEMA = """<xs:schema><xs:simpleType name="PlanstatusType"><xs:restriction><xs:enumeration value="ontwerp"/><xs:enumeration value="nieuw"/></xs:restriction></xs:simpleType>
<xs:simpleType name="AnderType"><xs:restriction><xs:enumeration value="x"/></xs:restriction></xs:simpleType></xs:schema>"""


def test_values_of_the_types_of_a_schema():
    assert lists.enumerations(SCHEMA, r"Planstatus\w*") == ["ontwerp", "nieuw"] and lists.enumerations(SCHEMA, "Plan") == []


def test_what_came_went_and_changed():
    assert lists.changes({"a": {"label": "A", "ours": 1}, "b": {}}, {"a": {"label": "Aa"}, "c": {}}) == ["+ c", "- b", "~ a: label 'A' -> 'Aa'"]
    assert lists.changes({"a": {"label": "A", "ours": 1}}, {"a": {"label": "A"}}) == []


@pytest.mark.parametrize("path", sorted(lists.PUBLISHED.glob("*.json")), ids=lambda path: path.stem)
def test_shipped_lists_are_written_as_the_script_writes_them(path):
    text = path.read_text(encoding="utf-8")
    assert lists.written(json.loads(text)) == text


def test_a_clone_is_read_as_committed_and_a_missing_one_is_said(tmp_path, capsys, monkeypatch):
    clone = tmp_path / "3DBAG" / "3dbag-specs"
    (clone / "resources").mkdir(parents=True)
    (clone / "resources" / "attributes.json").write_text('{"b3_new": {"type": "float"}}', encoding="utf-8")
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(clone), *words], check=True)
    assert lists.attributes_3dbag(lists.Sources(tmp_path)) == {"b3_new": {"type": "float"}}
    assert lists.main([str(tmp_path)]) == 0 and "no clone of" in capsys.readouterr().out
    assert lists.main([]) == 2
