# What is too long for every run.
fuzz:
	MUTUALIS_FUZZ=20000 .venv/bin/python -m pytest tests/files/test_fuzz.py
	MUTUALIS_HISTORIES=20000 .venv/bin/python -m pytest tests/account

.PHONY: fuzz
