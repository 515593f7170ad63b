# What is too long for every run.
fuzz:
	MUTUALIS_FUZZ=20000 .venv/bin/python -m pytest tests/files/test_fuzz.py
	MUTUALIS_HISTORIES=20000 .venv/bin/python -m pytest tests/account
	MUTUALIS_EXAMPLES=2000 .venv/bin/python -m pytest tests/domain

# Every writing command, faulted at each of its calls (Linux, a C compiler).
faults:
	MUTUALIS_FAULTS=all .venv/bin/python -m pytest -n 2 tests/faults

# What money, numbers and ranks rest upon, changed line by line (docs/mutants.md).
mutants:
	.venv/bin/python tools/mutants.py

# How long the work takes, beside the same done plainly; SIZE=350 for a try.
bench:
	.venv/bin/python -m benchmarks.bench --size $(or $(SIZE),35000)

# The wheel and the sources, the same bytes each time.
dist:
	.venv/bin/python -m hatchling build --clean -d dist

# All that an offline machine installs (docs/release.md); FOR=win_amd64 PYTHON=3.12 for another.
wheelhouse: dist
	.venv/bin/python tools/wheelhouse.py $(or $(TO),dist/wheelhouse) $(if $(FOR),--for $(FOR)) $(if $(PYTHON),--python $(PYTHON))

.PHONY: fuzz faults mutants bench dist wheelhouse
