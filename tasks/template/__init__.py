"""Blank workbooks made from the form definitions: what they say, and how they are written."""
