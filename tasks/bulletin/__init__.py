"""The monthly bulletin: composed from one publication as a document of figures, then written as html, docx and xlsx."""
