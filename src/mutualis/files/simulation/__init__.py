"""What a simulation changes of a grid: reforms in files, options of the command line."""
