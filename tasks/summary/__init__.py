"""The half-year and yearly summary: a Word template filled with published figures, each with its trace as a comment."""
