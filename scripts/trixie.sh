#!/usr/bin/env bash
# The QGIS 3.44 leg: a Debian 13 tree in .trixie/ (ignored, kept between runs).
#   scripts/trixie.sh setup        make the tree; exit 3 with one sentence where that cannot be done
#   scripts/trixie.sh run CMD...   run a command in the checkout inside the tree
source "$(dirname "$0")/common.sh"
TREE=$ROOT/.trixie
PACKAGES=(qgis python3-qgis proj-bin python3-venv python3-pip xvfb openbox xdotool imagemagick libgl1-mesa-dri poppler-utils
  qttools5-dev-tools fonts-open-sans fonts-dejavu-core ca-certificates git g++ pkg-config python3-dev libgeos-dev)

cannot() { echo "The QGIS 3.44 leg did not run: $1" >&2; trap - EXIT; exit 3; }

mirror() {
  # the machine's own archive, whatever it is called
  local found
  found=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null |
    grep -Eo 'https?://[^ ]+/debian/?( |$)' | head -n 1 | tr -d ' ')
  [ -n "$found" ] || found=$(apt-cache policy bash 2>/dev/null | grep -Eo 'https?://[^ ]+' | head -n 1)
  echo "${found%/}"
}

in_tree() {
  # private mounts: they vanish with the process, however it ends
  unshare --mount bash -c '
    set -e
    tree=$1; root=$2; shared=$3; shift 3
    mount --make-rprivate /
    mount -t proc proc "$tree/proc"; mount --rbind /dev "$tree/dev"; mount -t tmpfs tmpfs "$tree/tmp"
    mkdir -p "$tree/work/checkout" "$tree/work/shared"
    mount --bind "$root" "$tree/work/checkout"
    if [ -d "$shared" ]; then mount --bind "$shared" "$tree/work/shared"; mount -o remount,bind,ro "$tree/work/shared"; fi
    for folder in /opt/wheels /opt/pypi /opt/pypi-more; do
      [ -d "$folder" ] || continue
      mkdir -p "$tree$folder"; mount --bind "$folder" "$tree$folder"
    done
    exec chroot "$tree" /usr/bin/env HOME=/root DRIELUIK_SHARED=/work/shared PATH=/venv/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8 /bin/bash -c "cd /work/checkout 2>/dev/null || cd /; exec \"\$@\"" run "$@"
  ' in_tree "$TREE" "$ROOT" "${DRIELUIK_SHARED:-$ROOT/../shared}" "$@"
}

prepare() {
  local url=$1
  debootstrap --variant=minbase --include=ca-certificates trixie "$TREE" "$url" >"$TREE.log" 2>&1 || return 1
  mkdir -p "$TREE/etc/ssl/certs"
  cp -L /etc/ssl/certs/ca-certificates.crt "$TREE/etc/ssl/certs/ca-certificates.crt"
  printf 'deb %s trixie main\ndeb %s trixie-backports main\n' "$url" "$url" > "$TREE/etc/apt/sources.list"
  "$ROOT/.venv/bin/python" -m pip config list 2>/dev/null | sed -nE "s/^(global|:env:)\.([a-z-]+)='(.*)'$/\2 = \3/p" | sort -u -t= -k1,1 |
    { echo "[global]"; cat; } > "$TREE/etc/pip.conf"
}

packages() {
  in_tree apt-get update -qq >>"$TREE.log" 2>&1 || return 1
  in_tree apt-get install -y -qq --no-install-recommends "${PACKAGES[@]}" >>"$TREE.log" 2>&1 || return 1
  in_tree apt-get install -y -qq --no-install-recommends -t trixie-backports qgis python3-qgis >>"$TREE.log" 2>&1 || return 1
}

setup() {
  local want url
  want=$(cat "$ROOT/requirements.txt" "$ROOT/requirements-dev.txt" "$0" | sha256sum | cut -c1-16)
  [ "$(cat "$TREE/.stamp" 2>/dev/null)" = "$want" ] && return 0
  [ "$(id -u)" -eq 0 ] || cannot "making a Debian 13 tree needs root"
  command -v debootstrap >/dev/null || cannot "debootstrap is not installed"
  unshare --mount true 2>/dev/null || cannot "this machine allows no private mounts"
  url=$(mirror)
  [ -n "$url" ] || cannot "no Debian archive in the apt sources"
  if [ ! -e "$TREE/.prepared" ]; then
    step "Debian 13 tree"
    rm -rf "$TREE"
    prepare "$url" || { tail -n 3 "$TREE.log" >&2; rm -rf "$TREE"; cannot "the Debian 13 tree could not be made (see above)"; }
    touch "$TREE/.prepared"
  fi
  if [ "$(cat "$TREE/.packages" 2>/dev/null)" != "${PACKAGES[*]}" ]; then
    step "QGIS 3.44 in the Debian 13 tree"
    packages || { tail -n 3 "$TREE.log" >&2; rm -rf "$TREE"; cannot "QGIS 3.44 could not be installed in the Debian 13 tree (see above)"; }
    echo "${PACKAGES[*]}" > "$TREE/.packages"
  fi
  step "python packages in the Debian 13 tree"
  in_tree bash -c 'test -x /venv/bin/python || python3 -m venv --system-site-packages /venv
    PIP_CONSTRAINT=scripts/build-constraints.txt /venv/bin/python -m pip install -q --no-input --no-binary shapely -r requirements.txt -r requirements-dev.txt && bash scripts/link.sh /venv/bin/python' \
    || cannot "the Python packages could not be installed in the Debian 13 tree"
  echo "$want" > "$TREE/.stamp"
}

case ${1:-} in
  setup) setup ;;
  run) shift; in_tree "$@" ;;
  *) echo "usage: scripts/trixie.sh setup | run CMD..." >&2; exit 2 ;;
esac
