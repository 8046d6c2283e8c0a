#!/usr/bin/env bash
# update: collects the window's words into i18n/drieluik_nl.ts; compile: makes the .qm that Qt reads.
source "$(dirname "$0")/common.sh"
cd "$ROOT"
case ${1:-compile} in
  update) sed -i 's#<name>.*</name>#<name>@default</name>#' i18n/drieluik_nl.ts  # as pylupdate calls it, so that it finds what is translated
    pylupdate5 -noobsolete plugin.py ui/*.py ui/*/*.py -ts i18n/drieluik_nl.ts
    # one context for all: the one that ui/widgets/words.py asks for
    sed -i 's#<name>.*</name>#<name>Drieluik</name>#; /<location /d' i18n/drieluik_nl.ts ;;
  compile)
    lrelease=$(command -v lrelease || ls /usr/lib/qt5/bin/lrelease 2>/dev/null || ls /usr/lib/qt6/bin/lrelease)
    for source in i18n/*.ts; do
      [ -e "$source" ] || continue
      target=${source%.ts}.qm
      [ "$target" -nt "$source" ] || "$lrelease" -silent "$source" -qm "$target"
    done ;;
esac
