"""What a year would come to under other prices, levels or an index: nothing of it is issued."""
