"""What goes back to a sender: a copy of their own workbook in which the mistakes are marked."""
