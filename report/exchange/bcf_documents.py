"""The XML documents of a BCF file, version 2.1 and 3.0 (buildingSMART, BCF-XML): what differs between the two stands in each function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ...model.arrays import Floats

VERSIONS = ("2.1", "3.0")
TYPES = ("Error", "Request")
"""Of a topic: what does not fit, and what is to be judged or answered."""
STATUSES = ("Open", "Closed")
FIELD_DEG = 45.0
"""Field of view, of the height of the picture; 2.1 allows 45 to 60."""


@dataclass(frozen=True)
class View:
    """A camera in the model's own metres: ``eye`` and ``target`` (3,), z up; ``aspect`` width over height of the picture."""

    eye: Floats
    target: Floats
    aspect: float


@dataclass(frozen=True)
class Remark:
    """What somebody said of a topic; ``at`` ISO 8601."""

    guid: str
    author: str
    at: str
    text: str


@dataclass(frozen=True)
class Topic:
    """A finding as a topic: ``labels`` codes, ``parts`` GlobalIds, ``file`` the name of the design's file, ``view`` and ``picture`` (PNG) where there are."""

    guid: str
    kind: str
    status: str
    title: str
    labels: tuple[str, ...]
    author: str
    at: str
    description: str
    remarks: tuple[Remark, ...]
    file: str
    parts: tuple[str, ...]
    colour: str
    view_guid: str
    view: View | None = None
    picture: bytes | None = None


def version_file(version: str) -> bytes:
    """Return ``bcf.version``."""
    root = etree.Element("Version", VersionId=version)
    if version == "2.1":
        _put(root, "DetailedVersion", version)
    return _bytes(root)


def project_file(version: str, guid: str, name: str) -> bytes:
    """Return ``project.bcfp``."""
    root = etree.Element("ProjectExtension" if version == "2.1" else "ProjectInfo")
    project = etree.SubElement(root, "Project", ProjectId=guid)
    _put(project, "Name", name)
    if version == "2.1":
        _put(root, "ExtensionSchema", "")
    return _bytes(root)


def extensions_file(labels: Sequence[str], users: Sequence[str]) -> bytes:
    """Return ``extensions.xml`` of 3.0: the words that its topics use."""
    root = etree.Element("Extensions")
    for group, word, values in (
        ("TopicTypes", "TopicType", TYPES), ("TopicStatuses", "TopicStatus", STATUSES), ("TopicLabels", "TopicLabel", labels), ("Users", "User", users),
    ):
        inside = etree.SubElement(root, group)
        for value in values:
            _put(inside, word, value)
    return _bytes(root)


def markup_file(version: str, topic: Topic) -> bytes:
    """Return ``markup.bcf``: the topic, its remarks and its viewpoint."""
    root = etree.Element("Markup")
    _header(root, version, topic)
    inside = _topic(root, version, topic)
    nested = version == "3.0"
    remarks = etree.SubElement(inside, "Comments") if nested else root
    for remark in topic.remarks:
        comment = etree.SubElement(remarks, "Comment", Guid=remark.guid)
        _put(comment, "Date", remark.at)
        _put(comment, "Author", remark.author)
        _put(comment, "Comment", remark.text)
        if topic.view is not None:
            etree.SubElement(comment, "Viewpoint", Guid=topic.view_guid)
    if topic.view is not None:
        points = etree.SubElement(inside, "Viewpoints") if nested else root
        point = etree.SubElement(points, "ViewPoint" if nested else "Viewpoints", Guid=topic.view_guid)
        _put(point, "Viewpoint", "viewpoint.bcfv")
        if topic.picture is not None:
            _put(point, "Snapshot", "snapshot.png")
    return _bytes(root)


def _header(root: Any, version: str, topic: Topic) -> None:
    header = etree.SubElement(root, "Header")
    files, external = (header, "isExternal") if version == "2.1" else (etree.SubElement(header, "Files"), "IsExternal")
    file = etree.SubElement(files, "File", {external: "true"})
    _put(file, "Filename", topic.file)


def _topic(root: Any, version: str, topic: Topic) -> Any:
    inside = etree.SubElement(root, "Topic", Guid=topic.guid, TopicType=topic.kind, TopicStatus=topic.status)
    _put(inside, "Title", topic.title)
    labels = etree.SubElement(inside, "Labels") if version == "3.0" else inside
    for label in topic.labels:
        _put(labels, "Label" if version == "3.0" else "Labels", label)
    _put(inside, "CreationDate", topic.at)
    _put(inside, "CreationAuthor", topic.author)
    _put(inside, "Description", topic.description)
    return inside


def viewpoint_file(version: str, topic: Topic, view: View) -> bytes:
    """Return ``viewpoint.bcfv``: the camera, and the parts that the finding is about, selected and coloured."""
    root = etree.Element("VisualizationInfo", Guid=topic.view_guid)
    components = etree.SubElement(root, "Components")
    if topic.parts:
        _parts(etree.SubElement(components, "Selection"), topic.parts)
    etree.SubElement(components, "Visibility", DefaultVisibility="true")
    if topic.parts:
        colour = etree.SubElement(etree.SubElement(components, "Coloring"), "Color", Color=topic.colour)
        _parts(etree.SubElement(colour, "Components") if version == "3.0" else colour, topic.parts)
    ahead, up = _looking(view)
    camera = etree.SubElement(root, "PerspectiveCamera")
    for name, numbers in (("CameraViewPoint", view.eye), ("CameraDirection", ahead), ("CameraUpVector", up)):
        vector = etree.SubElement(camera, name)
        for axis, number in zip("XYZ", numbers):
            _put(vector, axis, f"{float(number):.6f}")
    _put(camera, "FieldOfView", f"{FIELD_DEG:g}")
    if version == "3.0":
        _put(camera, "AspectRatio", f"{view.aspect:.6f}")
    return _bytes(root)


def _looking(view: View) -> tuple[Floats, Floats]:
    """Return the unit vectors ahead and up of a camera whose horizon is level."""
    import numpy as np

    ahead = (view.target - view.eye) / np.linalg.norm(view.target - view.eye)
    right = np.cross(ahead, [0.0, 0.0, 1.0])
    return ahead, np.cross(right / np.linalg.norm(right), ahead)


def _parts(inside: Any, parts: Sequence[str]) -> None:
    for part in parts:
        etree.SubElement(inside, "Component", IfcGuid=part)


def _put(inside: Any, name: str, text: str) -> None:
    etree.SubElement(inside, name).text = "".join(sign for sign in text if sign in "\t\n" or ord(sign) >= ord(" "))  # XML has no control signs


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))
