"""What communes ask for: candidates, ranking, calendar, meetings."""
