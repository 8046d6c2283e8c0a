"""``drieluik plan read``: lines, data and a measuring profile of a small text of our own."""

import json

import pytest

from drieluik.cli import main
from drieluik.data_sources.rules.measuring_profiles import read_profile

TEXT = "9.2 Bouwregels\na. de bouwhoogte van carports bedraagt ten hoogste 3,1 m;\nb. 17 m2 blijft onbenoemd groen;\n2.3 inhoud\ntussen de onderzijde van de begane grondvloer en het dak;\n"


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "regels.txt"
    path.write_text(TEXT, encoding="cp1252")
    return path


def test_lines_give_norm_article_quote_and_what_is_not_read(page, capsys):
    assert main(["plan", "read", str(page)]) == 0
    said = capsys.readouterr().out
    assert "9.2 a | overkapping: bouwhoogte ten hoogste 3,10 m" in said
    assert "“de bouwhoogte van carports bedraagt ten hoogste 3,1 m”" in said
    assert "17 m2: …" in said


def test_data_hold_everything(page, capsys):
    assert main(["plan", "read", str(page), "--json", "--lang", "en"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["value"] for one in found["clauses"]] == [3.1]
    assert [one["text"] for one in found["unread"]] == ["17 m2"]


def test_a_profile_is_written_by_someone_for_one_plan(page, tmp_path, capsys):
    out = tmp_path / "profiel.yaml"
    assert main(["plan", "read", str(page), "--profile", str(out)]) == 2
    assert not out.exists()
    assert main(["plan", "read", str(page), "--profile", str(out), "--plan", "NL.IMRO.0000.X-1", "--by", "A. Toets"]) == 0
    profile = read_profile(out)
    assert (profile.plan_id, profile.entry("volume_base").value, profile.entry("volume_base").by) == ("NL.IMRO.0000.X-1", "underside", "A. Toets")


def test_a_file_that_is_not_there_is_one_sentence(tmp_path, capsys):
    assert main(["plan", "read", str(tmp_path / "niets.html")]) == 1
    assert "niets.html is niet te lezen" in capsys.readouterr().err
