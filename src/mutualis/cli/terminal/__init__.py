"""The terminal: streams, colours, questions, French for typer."""
