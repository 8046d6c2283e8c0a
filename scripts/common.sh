# Shared words of the set-up scripts; sourced, not run.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

step() { STEP=$1; echo "== $1"; }
trap 'status=$?; if [ $status -ne 0 ]; then echo "Stopped at step: ${STEP:-start} (exit $status)" >&2; fi' EXIT

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else echo "This step needs root or sudo: $*" >&2; return 1
  fi
}
