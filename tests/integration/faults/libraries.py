"""What steps import when they are reached: here once for all nights, in the process whose copies they are."""

# Great Expectations needs seconds, and its import starts no thread.
from tasks.bulletin import html, word, workbook
from tasks.returned import annotate
from warehouse import gate_judge

__all__ = ["annotate", "gate_judge", "html", "word", "workbook"]
