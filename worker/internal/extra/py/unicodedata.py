# The categories of characters. The tables of names and of decompositions are not here: normalize works on ASCII, where
# nothing is to be done, and refuses the rest.
import _extra_text as _go

unidata_version = "15.0.0"


def category(chr, /):
    return _go.category(chr)


def normalize(form, unistr, /):
    if form not in ("NFC", "NFD", "NFKC", "NFKD"):
        raise ValueError("invalid normalization form")
    if unistr.isascii():
        return unistr
    raise NotImplementedError("unicodedata.normalize of text that is not ASCII is not supported")


def is_normalized(form, unistr, /):
    return normalize(form, unistr) == unistr


def decimal(chr, /, *default):
    return _number(chr, chr.isdecimal(), default, "not a decimal")


def digit(chr, /, *default):
    return _number(chr, chr.isdecimal(), default, "not a digit")


def _number(char, good, default, refusal):
    if good:
        return int(char)
    if default:
        return default[0]
    raise ValueError(refusal)
