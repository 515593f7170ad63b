"""A simulation as a committee sees it: one sheet of paper, one page to move the prices in."""
