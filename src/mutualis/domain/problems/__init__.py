"""What is wrong with the data or with a request: values, refusals, the catalogue of texts."""
