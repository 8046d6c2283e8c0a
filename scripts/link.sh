#!/usr/bin/env bash
# Makes the checkout importable as `drieluik` for the given Python, and installs the command beside it.
source "$(dirname "$0")/common.sh"
python=$1
site=$("$python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
ln -sfn "$ROOT" "$site/drieluik"
command=$(dirname "$python")/drieluik
printf '#!%s\nimport sys\n\nfrom drieluik.cli import main\n\nif __name__ == "__main__":\n    sys.exit(main())\n' "$("$python" -c 'import sys; print(sys.executable)')" > "$command"
chmod +x "$command"
