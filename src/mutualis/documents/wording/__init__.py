"""The French of the documents."""
