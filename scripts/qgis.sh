#!/usr/bin/env bash
# A QGIS window with the plugin on and a case loaded, in a profile of its own under .run/.
source "$(dirname "$0")/common.sh"
cd "$ROOT"
profiles=$ROOT/.run/profiles
plugins=$profiles/profiles/default/python/plugins
mkdir -p "$plugins" "$profiles/profiles/default/QGIS"
ln -sfn "$ROOT" "$plugins/drieluik"
settings=$profiles/profiles/default/QGIS/QGIS3.ini
[ -e "$settings" ] || printf '[PythonPlugins]\ndrieluik=true\n[qgis]\ncheckVersion=false\n[locale]\nuserLocale=nl\noverrideFlag=true\n' > "$settings"
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
export PYTHONPATH=$site${PYTHONPATH:+:$PYTHONPATH} DRIELUIK_CASE=$ROOT/${1:-demo/case.yaml}
trap - EXIT
exec qgis --nologo --profiles-path "$profiles" --code "$ROOT/scripts/qgis_start.py"
