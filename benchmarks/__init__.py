"""What things cost, measured; nothing here asserts a time."""
