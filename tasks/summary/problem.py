"""What is wrong with a template, or with the period that is asked for."""


class SummaryError(Exception):
    """No summary can be written; the message is one Chinese sentence that names the file and says what to do."""
