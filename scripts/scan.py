"""Checks a plugin zip as the plugin site does: its shape, bandit, detect-secrets. Exits 1 on any finding."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

LIMIT_MB = 25


def shape_faults(path: Path, names: list[str]) -> list[str]:
    """Return what is wrong with the zip's shape."""
    faults = []
    if path.stat().st_size > LIMIT_MB << 20:
        faults.append(f"larger than {LIMIT_MB} MB")
    if {name.split("/")[0] for name in names} != {"drieluik"}:
        faults.append("more than one top folder")
    for needed in ("__init__.py", "metadata.txt", "LICENSE"):
        if f"drieluik/{needed}" not in names:
            faults.append(f"{needed} is missing")
    for name in names:
        parts = name.split("/")[1:]
        if any(part.startswith(".") for part in parts) or parts[:1] == ["tests"] or name.endswith((".pyc", ".so", ".dll")):
            faults.append(f"{name} does not belong in it")
    return faults


def main() -> int:
    """Scan the zip named on the command line."""
    path = Path(sys.argv[1])
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
        names = archive.namelist()
        archive.extractall(folder)
        faults = shape_faults(path, names)
        bandit = subprocess.run(
            [sys.executable, "-m", "bandit", "-q", "-r", folder, "-f", "json"], capture_output=True, text=True, check=False
        )
        for result in json.loads(bandit.stdout)["results"]:
            faults.append(f"bandit {result['test_id']} {Path(result['filename']).relative_to(folder)}:{result['line_number']} {result['issue_text']}")
        secrets = subprocess.run(
            [sys.executable, "-m", "detect_secrets", "scan", "--all-files", folder], capture_output=True, text=True, check=True
        )
        for name, found in json.loads(secrets.stdout)["results"].items():
            faults += [f"detect-secrets {name}:{item['line_number']} {item['type']}" for item in found]
    print("\n".join(faults) or f"{len(names)} files, no finding")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
