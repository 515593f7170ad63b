"""Unit costs on the screen: a year, the papers that make them known."""
