"""What the warehouse raises when we or the settings are wrong; bad data is never an exception."""


class WarehouseError(Exception):
    """The warehouse cannot be used; the message is one Chinese sentence that says what to do."""
