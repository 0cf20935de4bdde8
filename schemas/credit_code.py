"""Credit codes, GB 32100-2015: by python-stdnum, and by us the N2 codes of village collectives that it refuses."""

from stdnum.cn import uscc

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_RURAL = "N2"


def check_character(first17: str) -> str:
    """The 18th character for the first 17.

    Raises:
        ValueError: a character is none of the 31 allowed (I, O, S, V and Z are not).
    """
    total = sum(_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(first17))
    return _ALPHABET[-total % 31]


def is_valid(code: str) -> bool:
    """Whether 18 characters form a code with the right check character."""
    return bool(uscc.is_valid(code)) or _is_rural(code)


def _is_rural(code: str) -> bool:
    """python-stdnum wants digits in places 1 and 2, where collectives of the agriculture authority have N2."""
    if len(code) != 18 or not code.startswith(_RURAL) or any(char not in _ALPHABET for char in code):
        return False
    return code[2:8].isdigit() and check_character(code[:17]) == code[17]
