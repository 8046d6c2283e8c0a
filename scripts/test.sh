#!/usr/bin/env bash
# All tests on QGIS 3.44 (in the Debian 13 tree, where it can be made) and on QGIS 3.22 (the system's).
source "$(dirname "$0")/common.sh"
cd "$ROOT"
failed=0
step "tests on QGIS 3.44"
if bash scripts/trixie.sh setup; then
  bash scripts/trixie.sh run python -m pytest tests -q -p no:cacheprovider || failed=1
else
  echo "QGIS 3.44: this leg did not run (the reason stands above)."
fi
step "tests on QGIS 3.22"
PATH="$ROOT/.venv/bin:$PATH" python -m pytest tests -q -p no:cacheprovider || failed=1
trap - EXIT
exit $failed
