#!/usr/bin/env bash
# Sets up everything on a bare Debian 12 or Ubuntu: apt packages, .venv with the system's QGIS Python, the command drieluik.
source "$(dirname "$0")/common.sh"
cd "$ROOT"

PACKAGES=(qgis python3-qgis python3-venv xvfb openbox xdotool imagemagick libgl1-mesa-dri poppler-utils
  qttools5-dev-tools pyqt5-dev-tools fonts-open-sans fonts-dejavu-core debootstrap ca-certificates git
  g++ pkg-config python3-dev libgeos-dev)
PYTHON=/usr/bin/python3 # QGIS's Python is the system's, whatever stands first on PATH

step "apt packages"
missing=()
for package in "${PACKAGES[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing with apt: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

step "python packages in .venv"
want=$(cat requirements.txt requirements-dev.txt "$0" | sha256sum | cut -c1-16)
if [ "$(cat .venv/.stamp 2>/dev/null)" != "$want" ]; then
  [ -x .venv/bin/python ] || "$PYTHON" -m venv --system-site-packages .venv
  # QGIS 3.22's GDAL bindings are built against numpy 1
  # shapely is built on the system's GEOS, the one that QGIS itself has loaded: two copies in one process end QGIS
  PIP_CONSTRAINT=scripts/build-constraints.txt .venv/bin/python -m pip install -q --no-input --no-binary shapely 'numpy<2' -r requirements.txt -r requirements-dev.txt 2> >(grep -vE 'is ignored: it is neither|DEPRECATION: --no-binary' >&2)
  echo "$want" > .venv/.stamp
fi

step "the package and the command drieluik"
bash scripts/link.sh .venv/bin/python

step "translations"
bash scripts/translate.sh compile
step "done"
