# Drieluik. `make demo` and `make test` each set up what they need; run again they are quick.
SHELL := /bin/bash
DRIELUIK := .venv/bin/drieluik
PYTEST := python -m pytest tests -p no:cacheprovider

.PHONY: setup demo test test-322 test-344 lint catalogue laws golden mutate qgis package clean

setup:
	@bash scripts/setup.sh

demo: setup
	@$(DRIELUIK) review demo/case.yaml --out output/demo

lint: setup
	@.venv/bin/ruff check .
	@mkdir -p .run/typed && ln -sfn "$(CURDIR)" .run/typed/drieluik
	@MYPYPATH=.run/typed .venv/bin/mypy -p drieluik  # by its name in the package, so that imports between rooms are followed

# a check's declaration or page changed: write rulesets/checks.json and docs/checks anew
catalogue: setup
	@.venv/bin/python scripts/catalogue.py

# the demo's outputs changed and that was meant: write tests/golden anew, then look at git diff
golden: setup
	@.venv/bin/python tests/golden_outputs.py

# a sample of each room; scripts/mutate.py ROOM --count N --seed S for more
mutate: setup
	@.venv/bin/python scripts/mutate.py --count 15

test: setup lint
	@bash scripts/test.sh

# the ten laws on 2,000 random worlds; DRIELUIK_LAWS=N another number, DRIELUIK_SEED=S another first seed
laws: setup
	@DRIELUIK_LAWS=$${DRIELUIK_LAWS:-2000} .venv/bin/python -m pytest tests/laws -q -s -p no:cacheprovider

test-322: setup
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(PYTEST)

test-344: setup
	@bash scripts/trixie.sh setup && bash scripts/trixie.sh run $(PYTEST)

qgis: setup
	@bash scripts/qgis.sh demo/case.yaml

package: setup
	@bash scripts/package.sh

clean:
	rm -rf .venv .trixie .trixie.log .run dist output
