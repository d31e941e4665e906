# What a person or CI does here, one word each. `make` alone lists them.
#
# Everything is installed from the lock files into .venv, with hashes checked. pip's progress is kept quiet; its errors are not.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

# Where the evaluation sets and larger corpora lie; only eval, describe, bench and screenshots look there.
SHARED ?= ../shared
# The interpreter that .venv is made with. Everything else runs with $(PYTHON).
PYTHON3 ?= python3

VENV := .venv
PYTHON := $(VENV)/bin/python
YOUJU := $(VENV)/bin/youju

# --no-build-isolation, because isolation would fetch build tools that no lock file names: requirements-build.lock has them.
# --no-compile, because Python does that itself for what is imported, which is a part of it (COMPILED) ...
# PIP_USE_PEP517, because an older pip (Debian 12's 23.0) would not use them for jieba.
PIP_INSTALL := PIP_USE_PEP517=1 $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-compile --progress-bar off
LOCKED := $(PIP_INSTALL) --require-hashes

# ... unless an environment forbids it: every start would compile everything again, which takes longer than all else it does.
export PYTHONDONTWRITEBYTECODE :=
COMPILED := service.__main__, service.cli, service.serving, service.language.words, pypinyin

# CI has a quarter of an hour and two processors; some tests wait more than they compute. Those with LibreOffice are left to export-test.
IN_TIME := $(if $(CI),-m "not thorough")

# The stages of .venv. Each is a file that is newer than all it was made from, so that a second run has nothing to do.
RUN := $(VENV)/.run
DEV := $(VENV)/.dev
BENCH := $(VENV)/.bench
FUZZ := $(VENV)/.fuzz
IMAGE := $(VENV)/.image
NODE := $(VENV)/.node

# $(call need,command that succeeds if it is there,packages,what happens without): have Debian packages, or say what will be missing.
# Under CI nothing may be missing. Only root can install, and only where there is apt-get.
define need
	@if ! { $(1); } > /dev/null 2>&1; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
			echo "Installing $(2) ..."; \
			log=$$(mktemp); \
			{ apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $(2); } \
				> "$$log" 2>&1 || { cat "$$log"; rm -f "$$log"; exit 1; }; \
			rm -f "$$log"; \
		else \
			echo "$(2): not installed, and this is not root on Debian. $(3)"; \
			[ -z "$${CI:-}" ] || exit 1; \
		fi; \
	fi
endef

.PHONY: help serve test check faults short fuzz fuzz-api eval describe bench bench-load soak load-soak bench-index image-test screenshots lock clean browser-tests export-test wheel-tests browser firefox-test

help:
	@echo "make serve        answer questions over seeds/ on http://127.0.0.1:8000 (YOUJU_CORPUS, YOUJU_PORT ... change that)"
	@echo "make check        formatting, lint, types and unit tests: some two minutes"
	@echo "make test         check, faults once, fuzzers and load shortly, the browser tests, a Word file in LibreOffice, and unit tests again from an installed wheel: what CI runs"
	@echo "make faults       kill, fill the disk, flip bytes, take the folder away, set the clock: TIMES=20 times each"
	@echo "make short        the fuzzers and the load soak below, for seconds each"
	@echo "make fuzz         texts, questions, requests and files at random, and by what covers more of the code, MINUTES=10 for each"
	@echo "make fuzz-api     what the OpenAPI allows and what it does not, asked more than 5,000 times (schemathesis)"
	@echo "make export-test  LibreOffice opens a Word file of ours and counts its footnotes; files that it saved are read"
	@echo "make firefox-test the main flows in Firefox ESR (not part of make test)"
	@echo "make eval         the figures of the evaluation sets in SHARED ($(SHARED)), and what is answered far off topic"
	@echo "make describe     what is read of SHARED's documents beside their text, against a table made by hand; what each rule leaves over"
	@echo "make bench        how long an answer takes, in process and in a browser"
	@echo "make bench-load   thousands of files indexed, opened, changed and asked, and questions a second over HTTP"
	@echo "make soak         ten minutes of questions while the folder changes all the time: every answer is checked"
	@echo "make load-soak    five minutes of questions, pages and documents while the corpus is swapped; then far too many clients"
	@echo "make bench-index  this index side by side with rank_bm25, bm25s, tantivy and SQLite FTS5; SIZES=1000,10000 for a short run"
	@echo "make image-test   build the container image without a Docker engine, start it, ask it, stop it (root); BILL=FILE keeps its bill of materials; FULL=1 for the one with LibreOffice"
	@echo "make screenshots  pictures of each screen"
	@echo "make lock         write requirements*.lock anew from pyproject.toml; make lock UPGRADE=--upgrade for newer versions"
	@echo "make clean        remove what the above made here"

# It reads and indexes the folder as it starts, and names in its log the files it left out.
serve: $(RUN)
	@exec $(YOUJU) serve

check: $(DEV)
	@$(PYTHON) -m ruff format --check --quiet --output-format concise . || { echo "Run $(PYTHON) -m ruff format ."; exit 1; }
	@$(PYTHON) -m ruff check --quiet --output-format concise .
	@$(PYTHON) -m mypy --strict service
	@$(PYTHON) -m pytest -q --dist loadgroup $(if $(CI),-n 3 -m "not thorough and not office",-n auto) tests/unit

# One after the other whatever -j says: the browser tests start servers and measure what they see.
test: check
	@$(MAKE) --no-print-directory faults
	@$(MAKE) --no-print-directory short
	@$(MAKE) --no-print-directory browser-tests
	@$(MAKE) --no-print-directory export-test
	@$(MAKE) --no-print-directory wheel-tests

# -rs names what is skipped: mounting a small disk needs root, a clock that jumps needs libfaketime.
faults: $(DEV)
	$(call need,ls /usr/lib/*/faketime/libfaketimeMT.so.1,libfaketime,The tests of a clock that jumps are skipped.)
	@$(PYTHON) -m pytest -q -rs -n 2 $(IN_TIME) tests/faults --times $(or $(TIMES),1)

short: $(FUZZ)
	@$(PYTHON) -m pytest -q -n 2 tests/short

# Each target ends with what it found, or after its minutes.
fuzz: $(FUZZ)
	@YOUJU_EXAMPLES=5000 $(PYTHON) -m pytest -q -n auto tests/unit/fuzz
	@for target in structure questions request file; do \
		echo "$$target:"; $(PYTHON) -m tests.fuzz.coverage_guided $$target --minutes $(or $(MINUTES),10); \
	done

fuzz-api: $(FUZZ)
	@$(PYTHON) -m tests.fuzz.api $(if $(EXAMPLES),--examples $(EXAMPLES))

# -rs names each skipped test. Under CI a browser test that is skipped is a failure.
browser-tests: $(DEV) browser $(NODE)
	@log=$$(mktemp); trap 'rm -f "$$log"' EXIT; \
	status=0; $(PYTHON) -m pytest -q -rs -n 2 $(IN_TIME) tests/browser | tee "$$log" || status=$$?; \
	if [ $$status != 0 ]; then exit $$status; fi; \
	if [ -n "$${CI:-}" ] && grep -q '^SKIPPED' "$$log"; then echo "CI is set: no browser test may be skipped"; exit 1; fi

firefox-test: $(DEV) $(NODE)
	$(call need,command -v firefox-esr,firefox-esr,There is nothing to test with.)
	@$(PYTHON) -m pytest -q tests/firefox

# A minute with the installation. The tests are unit tests too, skipped by name where there is no soffice.
export-test: $(DEV)
	$(call need,command -v soffice,libreoffice-writer-nogui libreoffice-calc-nogui,The tests with LibreOffice are skipped.)
	@$(PYTHON) -m pytest -q -rs -m office tests/unit/export tests/unit/corpus

wheel-tests: $(DEV)
	@tests/wheel/run $(PYTHON)

eval: $(DEV)
	@$(PYTHON) tests/evaluate.py --shared $(SHARED)

describe: $(DEV)
	@$(PYTHON) tests/describing.py --shared $(SHARED)

bench: $(DEV) browser $(NODE)
	@$(PYTHON) tests/bench/ask.py --shared $(SHARED)
	@$(PYTHON) tests/bench/page.py --shared $(SHARED)

# Ten minutes: thousands of files indexed, opened, changed and asked; then questions over HTTP.
bench-load: $(DEV)
	@$(PYTHON) tests/bench/load.py --shared $(SHARED)
	@$(PYTHON) tests/bench/over_http.py
	@$(PYTHON) tests/bench/over_http.py --corpus $(SHARED)/corpus

# MINUTES=1 for a short one.
soak: $(DEV)
	@$(PYTHON) tests/bench/soak.py --shared $(SHARED) $(if $(MINUTES),--minutes $(MINUTES))

# MINUTES=1 for a short one. SLOWEST=150 fails where p99 is over so many milliseconds, which only a quiet machine can tell.
load-soak: $(DEV)
	@$(PYTHON) -m tests.bench.load_soak $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SLOWEST),--slowest $(SLOWEST))

# Half an hour for all sizes on two cores. SIZES=1000,10000 takes two minutes, once jieba has cut the texts.
bench-index: $(BENCH)
	@$(PYTHON) -m tests.bench.index --shared $(SHARED) $(if $(SIZES),--sizes $(SIZES)) $(if $(ENGINES),--engines "$(ENGINES)")

screenshots: $(DEV) browser $(NODE)
	$(call need,command -v pngquant,pngquant,The pictures are three times as large.)
	@$(PYTHON) tests/screenshots.py

image-test: $(IMAGE)
	$(call need,command -v buildah,buildah,The image cannot be built.)
	$(call need,command -v debootstrap,debootstrap,The image cannot be built.)
	@$(PYTHON) tests/image/run.py $(if $(BILL),--bill $(BILL)) $(if $(FULL),--full)

# Debian's own browser and a Chinese font: playwright's download of its own browser is not needed. libatomic1 is what the
# node inside playwright links against; a small Debian has none.
browser: $(DEV)
	$(call need,command -v chromium,chromium,All browser tests that need chromium are skipped.)
	$(call need,$(PYTHON) -m playwright --version,libatomic1,The browser tests fail.)
	$(call need,fc-list :lang=zh | grep .,fontconfig fonts-noto-cjk,Chinese text shows as boxes in screenshots.)

$(RUN): requirements-build.lock requirements.lock pyproject.toml
	@echo "Setting up $(VENV) (once) ..."
	@[ -x $(PYTHON) ] || $(PYTHON3) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON3) -m venv does not work here. On Debian: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { rm -rf $(VENV); \
		echo "Python 3.11 or newer is needed: make PYTHON3=python3.12 ..."; exit 1; }
	@$(LOCKED) -r requirements-build.lock
	@$(LOCKED) -r requirements.lock
	@$(PIP_INSTALL) --no-deps --editable .
	@$(PYTHON) -c 'import $(COMPILED)'
	@touch $@

$(DEV): $(RUN) requirements-dev.lock
	@echo "Installing the development tools into $(VENV) (once) ..."
	@$(LOCKED) -r requirements-dev.lock
	@touch $@

# Where a package cannot be installed, the engine is left out by name in what is printed, and the next run tries again.
$(BENCH): $(RUN) requirements-bench.lock
	@echo "Installing the engines to compare with into $(VENV) (once) ..."
	@if $(LOCKED) -r requirements-bench.lock; then touch $@; else echo "requirements-bench.lock cannot be installed here."; fi

$(FUZZ): $(DEV) requirements-fuzz.lock
	@echo "Installing the fuzzers into $(VENV) (once) ..."
	@$(LOCKED) -r requirements-fuzz.lock
	@touch $@

$(IMAGE): $(RUN) requirements-image.lock
	@$(LOCKED) -r requirements-image.lock
	@touch $@

# The scripts that the browser tests serve from this machine (htmx), so that no test needs the CDN.
$(NODE): $(RUN) $(wildcard tests/browser/package.json tests/browser/package-lock.json)
	$(call need,[ ! -e tests/browser/package.json ] || command -v npm,npm,The browser tests that run htmx are skipped.)
	@if [ -e tests/browser/package.json ] && command -v npm > /dev/null; then \
		npm --prefix tests/browser ci --ignore-scripts --no-audit --no-fund --silent; \
		touch $@; \
	fi

# uv, because it resolves for every Python and platform at once; it comes from a throw-away environment.
UV := uv==0.13.9
COMPILE = "$$tmp/bin/uv" pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links $(UPGRADE)
UPGRADE ?=

lock:
	@tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	$(PYTHON3) -m venv "$$tmp"; \
	"$$tmp/bin/pip" install --quiet --disable-pip-version-check $(UV); \
	$(COMPILE) pyproject.toml --output-file requirements.lock; \
	$(COMPILE) --group build --output-file requirements-build.lock; \
	$(COMPILE) pyproject.toml --group bench --constraints requirements.lock --output-file requirements-bench.lock; \
	$(COMPILE) pyproject.toml --group build --group dev \
		--constraints requirements.lock --constraints requirements-build.lock --output-file requirements-dev.lock; \
	$(COMPILE) pyproject.toml --group fuzz --constraints requirements-dev.lock --output-file requirements-fuzz.lock; \
	$(COMPILE) --group image --constraints requirements-dev.lock --output-file requirements-image.lock; \
	sed -i '1i # What the bill of materials of the image is written with, exactly. Written by `make lock` from pyproject.toml.' requirements-image.lock; \
	sed -i '1i # What youju runs and is fuzzed with, exactly. Written by `make lock` from pyproject.toml.' requirements-fuzz.lock; \
	sed -i '1i # What youju runs with, exactly. Written by `make lock` from pyproject.toml.' requirements.lock; \
	sed -i '1i # What youju runs and its index is compared with, exactly. Written by `make lock` from pyproject.toml.' requirements-bench.lock; \
	sed -i '1i # What youju is built with, exactly. Written by `make lock` from pyproject.toml.' requirements-build.lock; \
	sed -i '1i # What youju is developed with, exactly; the other two lock files are part of it. Written by `make lock`.' \
		requirements-dev.lock

clean:
	rm -rf $(VENV) build dist data .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/browser/node_modules
	find service tests -name __pycache__ -type d -prune -exec rm -rf {} +
