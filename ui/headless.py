"""A QGIS application where there is no window yet: for the command line and the tests."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator

from osgeo import gdal
from qgis.core import QgsApplication


@contextlib.contextmanager
def application(gui: bool = True) -> Iterator[QgsApplication]:
    """Yield the running QGIS application, or one made for the block and closed after it."""
    running = QgsApplication.instance()
    if running is not None:
        yield running
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # no window is shown
    with tempfile.TemporaryDirectory(prefix="drieluik-run-") as private:  # Qt wants one with mode 0700
        os.environ.setdefault("XDG_RUNTIME_DIR", private)
        gdal.SetConfigOption("GDAL_PAM_ENABLED", "NO")  # no .aux.xml beside the outputs
        QgsApplication.setPrefixPath("/usr", True)
        app = QgsApplication([], gui)
        app.initQgis()
        try:
            yield app
        finally:
            app.exitQgis()
            if os.environ["XDG_RUNTIME_DIR"] == private:
                del os.environ["XDG_RUNTIME_DIR"]
