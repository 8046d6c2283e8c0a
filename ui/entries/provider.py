"""The Processing provider: the main job as an algorithm, for models, batches and ``qgis_process``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingProvider,
)
from qgis.PyQt.QtGui import QIcon

from ..widgets.words import tr

ICON = Path(__file__).parents[1] / "icons" / "drieluik.svg"


class ReviewAlgorithm(QgsProcessingAlgorithm):
    """``drieluik:review``: a case file in, a folder with the outputs out."""

    CASE, OUTPUT = "CASE", "OUTPUT"

    def name(self) -> str:
        """Stable id."""
        return "review"

    def displayName(self) -> str:
        """Shown name."""
        return tr("Review a building design")

    def group(self) -> str:
        """Shown group."""
        return tr("Review")

    def groupId(self) -> str:
        """Stable group id."""
        return "review"

    def shortHelpString(self) -> str:
        """Help."""
        return tr("Loads the surroundings that a case file names, imports its designs, checks its rules, and writes the record, the layers and the report.")

    def createInstance(self) -> QgsProcessingAlgorithm:
        """Return a new one."""
        return ReviewAlgorithm()

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Define inputs and outputs."""
        self.addParameter(QgsProcessingParameterFile(self.CASE, tr("Case file"), extension="yaml"))
        self.addParameter(QgsProcessingParameterFolderDestination(self.OUTPUT, tr("Folder for the outputs")))

    def processAlgorithm(self, parameters: dict[str, Any], context: Any, feedback: Any) -> dict[str, Any]:
        """Do the job."""
        from ...data_sources.case import read_case
        from ...errors import CancelledError, DrieluikError
        from ...job import part_of, run_case
        from ...report import write_outputs

        def progress(fraction: float, code: str) -> None:
            if feedback.isCanceled():
                raise CancelledError
            feedback.setProgress(100.0 * fraction)

        folder = self.parameterAsString(parameters, self.OUTPUT, context)
        try:
            review = run_case(read_case(self.parameterAsString(parameters, self.CASE, context)), part_of(progress, 0.0, 0.8))
            written = write_outputs(review, Path(folder), progress=part_of(progress, 0.8, 1.0))
        except DrieluikError as error:
            raise QgsProcessingException(error.message()) from error
        for path in written.values():
            feedback.pushInfo(str(path))
        return {self.OUTPUT: folder}


class DrieluikProvider(QgsProcessingProvider):
    """The provider ``drieluik``."""

    def id(self) -> str:
        """Stable id."""
        return "drieluik"

    def name(self) -> str:
        """Shown name."""
        return "Drieluik"

    def icon(self) -> QIcon:
        """Icon."""
        return QIcon(str(ICON))

    def loadAlgorithms(self) -> None:
        """Offer the algorithms."""
        self.addAlgorithm(ReviewAlgorithm())
