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

.PHONY: fuzz faults mutants bench
