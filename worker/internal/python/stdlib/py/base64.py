# The encodings of RFC 4648, base85 and Ascii85, on binascii.
import binascii

_B32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_B32HEX = b"0123456789ABCDEFGHIJKLMNOPQRSTUV"
_B85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_A85 = bytes(range(33, 118))


def _raw(s):
    """The bytes of what a decoder takes."""
    if isinstance(s, str):
        try:
            return s.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    if isinstance(s, bytes):
        return s
    try:
        return memoryview(s).tobytes()
    except TypeError:
        raise TypeError(f"argument should be a bytes-like object or ASCII string, not {s.__class__.__name__!r}") from None


def b64encode(s, altchars=None):
    out = binascii.b2a_base64(s, newline=False)
    if altchars is None:
        return out
    assert len(altchars) == 2, repr(altchars)
    return out.translate(bytes.maketrans(b"+/", altchars))


def b64decode(s, altchars=None, validate=False):
    s = _raw(s)
    if altchars is not None:
        altchars = _raw(altchars)
        assert len(altchars) == 2, repr(altchars)
        s = s.translate(bytes.maketrans(altchars, b"+/"))
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    return b64encode(s, b"-_")


def urlsafe_b64decode(s):
    return b64decode(s, b"-_")


def _b32encode(s, alphabet):
    s = memoryview(s).tobytes()
    out = bytearray()
    for i in range(0, len(s), 5):
        part = s[i : i + 5]
        n = int.from_bytes(part.ljust(5, b"\0"), "big")
        digits = bytes(alphabet[n >> shift & 31] for shift in range(35, -1, -5))
        out += digits[: (len(part) * 8 + 4) // 5].ljust(8, b"=")
    return bytes(out)


def _b32decode(s, alphabet, casefold, map01=None):
    s = _raw(s)
    if len(s) % 8:
        raise binascii.Error("Incorrect padding")
    if map01 is not None:
        s = s.translate(bytes.maketrans(b"01", b"O" + _raw(map01)))
    if casefold:
        s = s.upper()
    body = s.rstrip(b"=")
    if len(s) - len(body) not in (0, 1, 3, 4, 6):
        raise binascii.Error("Incorrect padding")
    out = bytearray()
    for i in range(0, len(body), 8):
        part, n = body[i : i + 8], 0
        for c in part.ljust(8, alphabet[:1]):
            if c not in alphabet:
                raise binascii.Error("Non-base32 digit found")
            n = n << 5 | alphabet.index(c)
        out += n.to_bytes(5, "big")[: len(part) * 5 // 8]
    return bytes(out)


def b32encode(s):
    return _b32encode(s, _B32)


def b32decode(s, casefold=False, map01=None):
    return _b32decode(s, _B32, casefold, map01)


def b32hexencode(s):
    return _b32encode(s, _B32HEX)


def b32hexdecode(s, casefold=False):
    return _b32decode(s, _B32HEX, casefold)


def b16encode(s):
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    s = _raw(s)
    if casefold:
        s = s.upper()
    if any(c not in b"0123456789ABCDEF" for c in s):
        raise binascii.Error("Non-base16 digit found")
    return binascii.unhexlify(s)


def _words(b):
    """The big-endian words of b, and how many zeros the last one lacked."""
    pad = -len(b) % 4
    b += bytes(pad)
    return [int.from_bytes(b[i : i + 4], "big") for i in range(0, len(b), 4)], pad


def _five(word, alphabet):
    return bytes(alphabet[word // 85**k % 85] for k in (4, 3, 2, 1, 0))


def _encode85(b, alphabet, keep, short):
    words, pad = _words(memoryview(b).tobytes())
    chunks = [short.get(w) or _five(w, alphabet) for w in words]
    if pad and not keep:
        if chunks[-1] == b"z":
            chunks[-1] = alphabet[:1] * 5
        chunks[-1] = chunks[-1][:-pad]
    return b"".join(chunks)


def b85encode(b, pad=False):
    return _encode85(b, _B85, pad, {})


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    short = {0: b"z"}
    if foldspaces:
        short[0x20202020] = b"y"
    out = _encode85(b, _A85, pad, short)
    if adobe:
        out = b"<~" + out
    if wrapcol:
        width = max(2 if adobe else 1, wrapcol)
        lines = [out[i : i + width] for i in range(0, len(out), width)]
        if adobe and len(lines[-1]) + 2 > width:
            lines.append(b"")
        out = b"\n".join(lines)
    return out + b"~>" if adobe else out


def _value(five, alphabet):
    n = 0
    for c in five:
        n = n * 85 + alphabet.index(c)
    return n


def b85decode(b):
    b = _raw(b)
    pad = -len(b) % 5
    for i, c in enumerate(b):
        if c not in _B85:
            raise ValueError(f"bad base85 character at position {i}")
    b += b"~" * pad
    out = bytearray()
    for i in range(0, len(b), 5):
        n = _value(b[i : i + 5], _B85)
        if n >= 1 << 32:
            raise ValueError(f"base85 overflow in hunk starting at byte {i}")
        out += n.to_bytes(4, "big")
    return bytes(out[: len(out) - pad])


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b" \t\n\r\v"):
    b = _raw(b)
    if adobe:
        if not b.endswith(b"~>"):
            raise ValueError("Ascii85 encoded byte sequences must end with b'~>'")
        b = b[2:-2] if b.startswith(b"<~") else b[:-2]
    out, part = bytearray(), []
    for c in b + b"uuuu":
        if c in _A85:
            part.append(c)
            if len(part) == 5:
                n = _value(part, _A85)
                if n >= 1 << 32:
                    raise ValueError("Ascii85 overflow")
                out += n.to_bytes(4, "big")
                part = []
        elif c == 0x7A or foldspaces and c == 0x79:
            if part:
                raise ValueError(f"{chr(c)} inside Ascii85 5-tuple")
            out += b"\0\0\0\0" if c == 0x7A else b"    "
        elif c not in ignorechars:
            raise ValueError(f"Non-Ascii85 digit found: {chr(c)}")
    pad = 4 - len(part)
    return bytes(out[: len(out) - pad]) if pad else bytes(out)


def encodebytes(s):
    return b"".join(binascii.b2a_base64(s[i : i + 57]) for i in range(0, len(s), 57))


def decodebytes(s):
    return binascii.a2b_base64(s)


def encode(input, output):
    while s := input.read(57):
        output.write(binascii.b2a_base64(s))


def decode(input, output):
    while line := input.readline():
        output.write(binascii.a2b_base64(line))
