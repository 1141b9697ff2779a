"""Digits of other scripts: what is one, and what it is worth."""


def show(f, *a):
    try:
        print(repr(f(*a)))
    except Exception as e:
        print(type(e).__name__, ascii(e.args))


for s in ("٣", "１２３", "१२", "1٣", "𝟘𝟙", "²", "①", "½", "三", "Ⅷ", "፩", "᧚", "🄁", "𐩀", "⓪", "፲", "௰", "", "x", "٣x", "〇", "٣²", "\ud800", "-1", "1_0"):
    print(ascii(s), s.isdigit(), s.isdecimal(), s.isnumeric(), s.isalnum())
    show(int, s)
    show(float, s)
for s in ("１_２", "_１", "１_", "１__２", "+３", "－3", "−3", "-３", " ٣ ", "\u3000٣\u2009", "\x1c3\x1f", "٠٠٧", "0٧", "٠7", "+-３", "- ３", "٣\x00", "１\u200b"):
    show(int, s)
    show(float, s)
for s in ("１.５", "１e３", "１E-３", "１．５", "٣٫٥", ".５", "５.", "1_0.０_1e1_0", "１_.5", "1._5", "1e_5", "1e5_", "１e+-3", "ｉｎｆ", "-inf", "NaN", "+Infinity", "infinit", "ınf", "1e400", "-1e400", "1e-400",
          "0x10", "1p3", "0b1", "1,5", "1 5", "", " ", ".", "+", "e5", "1e", "1e+", "--1", "+_1", "1.5.5", "nan(1)", "1d", "1f", "1j", "1\x00"):
    show(float, s)
for s, base in (("ｆ", 16), ("１f", 16), ("0x１f", 16), ("٠x1f", 16), ("0x１_0", 0), ("0b１０", 0), ("0o７", 0), ("0o８", 0), ("１０", 2), ("１２", 2), ("０", 0), ("０１", 0), ("００", 0), ("７", 8), ("z９", 36), ("0_1", 0), ("0x_1", 16), ("0x__1", 16), ("0x", 16), ("0_x1", 16), ("1" * 3 + "٣", 4), ("-0x１", 0), ("1", 37), ("1", 1), ("٣", -1)):
    show(int, s, base)
for b in (b"12", b" 1_2 ", b"\xd9\xa3", b"\xa01", b"\x851", b"\x1c1", b"1\x00", bytearray(b"5"), bytearray(b"\xef\xbc\x91"), b"", b"x"):
    show(int, b)
    show(float, b)
    show(lambda: int(b, 16))


class S(str):
    def __repr__(self):
        return "S!"


show(int, S("４２"))
show(float, S("４.２"))
show(int, S("q"))
show(float, S("q"))
show(int, "٣" * 5000)
show(int, "1" * 300 + "x" * 300)
show(float, "1" * 300 + "x" * 300)
ranges = {}
for name in ("isdigit", "isdecimal", "isnumeric"):
    count = total = 0
    for c in range(0x110000):
        if getattr(chr(c), name)():
            count, total = count + 1, total + c
    print(name, count, total)
print(sum(int(chr(c)) * c for c in range(0x110000) if chr(c).isdecimal()))
