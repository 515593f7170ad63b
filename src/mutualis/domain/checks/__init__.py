"""What the files say together: a list of checks, one function each."""
