"""Runs inside QGIS at its start: opens the case that `make qgis` names."""

import os

from qgis.utils import plugins

plugins["drieluik"].open_case(os.environ["DRIELUIK_CASE"])
