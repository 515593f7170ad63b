"""The draft deliberation on the prices of a year: its content, set by Typst and in Word."""
