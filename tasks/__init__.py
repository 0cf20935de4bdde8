"""The steps of the night, in the order in which data meets them."""
