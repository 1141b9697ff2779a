"""Text and bytes by the name of an encoding."""
BOM_UTF8, BOM_UTF16_LE, BOM_UTF16_BE, BOM_UTF32_LE, BOM_UTF32_BE = b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff"
BOM = BOM_LE = BOM_UTF16 = BOM_UTF16_LE
BOM_BE, BOM_UTF32 = BOM_UTF16_BE, BOM_UTF32_LE


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    import builtins

    if encoding is not None and "b" not in mode:
        return builtins.open(filename, mode, encoding=encoding, errors=errors, newline="")
    return builtins.open(filename, mode)


def encode(obj, encoding="utf-8", errors="strict"):
    import base64
    import binascii

    if encoding in ("hex", "hex_codec"):
        return binascii.hexlify(obj)
    if encoding in ("base64", "base64_codec"):
        return base64.encodebytes(obj)
    if encoding in ("rot13", "rot_13"):
        return obj.translate(_ROT13)
    return obj.encode(encoding, errors)


def decode(obj, encoding="utf-8", errors="strict"):
    import base64
    import binascii

    if encoding in ("hex", "hex_codec"):
        return binascii.unhexlify(obj)
    if encoding in ("base64", "base64_codec"):
        return base64.decodebytes(obj)
    if encoding in ("rot13", "rot_13"):
        return obj.translate(_ROT13)
    return bytes(obj).decode(encoding, errors)


_ROT13 = {a + i: a + (i + 13) % 26 for a in (65, 97) for i in range(26)}
