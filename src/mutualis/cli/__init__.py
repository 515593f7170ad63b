"""The command line: it reads arguments, calls a workflow and shows its answer."""
