"""The simulator: a sheet whose prices and levels are cells, and the steps that lead to each fee."""
