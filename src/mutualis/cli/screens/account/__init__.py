"""What `account` answers: the JSON contract, the screen."""
