"""The file formats that staff send, each turned into sheets of cell texts; ``tasks.workbook`` tells them apart."""
