"""What holds for all tests."""

from hypothesis import settings

# No test asserts a time: a busy machine is no fault of the program.
settings.register_profile("huizong", deadline=None)
settings.load_profile("huizong")
