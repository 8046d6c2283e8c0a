"""What all tests share: the shared test material, the demo case, one QGIS application."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(Path(__file__).resolve().parent))  # so that tests can import scenes
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

hypothesis.settings.register_profile("drieluik", deadline=None, max_examples=30, derandomize=True)
hypothesis.settings.load_profile("drieluik")


@pytest.fixture(autouse=True)
def dutch():
    """Every test starts in Dutch."""
    from drieluik import texts

    texts.use_language("nl")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real data and designs; tests that need it are skipped, by name, where it is absent."""
    folder = Path(os.environ.get("DRIELUIK_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"real data not present: {folder.name}/data")
    return folder


@pytest.fixture(autouse=True)
def no_services(tmp_path_factory, monkeypatch):
    """No test asks a real service or touches the user's cache: every address is switched off until a test names its own."""
    from drieluik.data_sources.services.endpoints import ENDPOINTS

    apart = tmp_path_factory.mktemp("services")  # tests look at what is left in their own folder
    off = apart / "endpoints.yaml"
    off.write_text("".join(f"{endpoint.key}: none\n" for endpoint in ENDPOINTS), encoding="utf-8")
    monkeypatch.setenv("DRIELUIK_ENDPOINTS", str(off))
    monkeypatch.setenv("DRIELUIK_CACHE", str(apart / "cache"))


@pytest.fixture(scope="session")
def demo_case() -> Path:
    """The embedded demo's case file."""
    return ROOT / "demo" / "case.yaml"


@pytest.fixture(scope="session")
def qgis_app():
    """The one headless QGIS application of the test run."""
    pytest.importorskip("qgis.core", reason="QGIS's Python is not present")
    from drieluik.ui.headless import application

    with application() as app:
        yield app
