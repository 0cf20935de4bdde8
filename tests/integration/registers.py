"""Registers of a few units: every further one adds values that show nothing more, and the time to compute them."""

from schemas.unit import Register, build_register, load_register


def register_of(*codes: str, own: str = "") -> Register:
    """The built-in register without all other units; ``own`` is the text of an office's own list."""
    register = load_register(own) if own else load_register()
    owed = [
        each.model_copy(update={"units": tuple(code for code in each.units if code in codes)})
        for each in register.obligations
    ]
    units = [unit for code, versions in register.versions.items() if code in codes for unit in versions]
    return build_register(units, [each for each in owed if each.units or each.kinds])
