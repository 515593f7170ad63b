"""Why what is due changes from one priced year to another."""
