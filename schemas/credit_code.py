"""Unified social credit codes, GB 32100-2015. python-stdnum refuses the N2 codes of village collectives, hence ours."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_character(first17: str) -> str:
    """The 18th character for the first 17.

    Raises:
        ValueError: a character is none of the 31 allowed (I, O, S, V and Z are not).
    """
    total = sum(_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(first17))
    return _ALPHABET[-total % 31]


def is_valid(code: str) -> bool:
    """Whether 18 characters form a code with the right check character."""
    if len(code) != 18 or any(char not in _ALPHABET for char in code):
        return False
    return code[2:8].isdigit() and check_character(code[:17]) == code[17]
