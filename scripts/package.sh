#!/usr/bin/env bash
# Makes the zip for the plugin site from what is committed, and scans it: no finding of bandit or detect-secrets.
source "$(dirname "$0")/common.sh"
cd "$ROOT"
version=$(sed -n 's/^version=//p' metadata.txt)
zip=dist/drieluik-$version.zip
mkdir -p dist && rm -rf dist/*
step "archive"
git archive --prefix=drieluik/ -o "$zip" HEAD
mkdir -p dist/extra/drieluik/i18n && cp i18n/*.qm dist/extra/drieluik/i18n/
(cd dist/extra && "$ROOT/.venv/bin/python" -m zipfile -l "$ROOT/$zip" >/dev/null)
.venv/bin/python - "$zip" <<'P'
import sys, zipfile, pathlib
with zipfile.ZipFile(sys.argv[1], "a", zipfile.ZIP_DEFLATED) as archive:
    for path in sorted(pathlib.Path("dist/extra").rglob("*.qm")):
        archive.write(path, path.relative_to("dist/extra"))
P
rm -rf dist/extra
step "scan"
.venv/bin/python scripts/scan.py "$zip"
echo "$zip"
