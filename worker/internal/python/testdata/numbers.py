def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)
inf = float("inf")
for f in [
    lambda: 7 // -2, lambda: -7 % -3, lambda: 7.5 // 2, lambda: -7.5 % 2, lambda: 5 % 0, lambda: 5 // 0, lambda: 5 / 0, lambda: 5.0 / 0, lambda: 5.0 % 0, lambda: 5.0 // 0, lambda: 2 ** 100, lambda: 2 ** -1, lambda: 2 ** 0.5, lambda: 0 ** -1,
    lambda: 0 ** 0, lambda: (-1) ** 3, lambda: divmod(-7, 2), lambda: divmod(7.5, 2), lambda: pow(3, 5, 7), lambda: pow(3, -1, 7), lambda: 1 << 70, lambda: -1 >> 3, lambda: 1 << -1, lambda: ~5, lambda: 5 & 3 | 8 ^ 2, lambda: True + True, lambda: True & False,
    lambda: round(0.5), lambda: round(1.5), lambda: round(2.675, 2), lambda: round(1234, -2), lambda: round(1250, -2), lambda: round(1350, -2), lambda: round(12345.678, -2), lambda: round(-0.5), lambda: round(1e300, 2), lambda: round(5), lambda: round("x"),
    lambda: int("12"), lambda: int(" -1_000 "), lambda: int("0x1f", 16), lambda: int("0x1f", 0), lambda: int("z", 36), lambda: int("1.5"), lambda: int(""), lambda: int("12", 2), lambda: int(1.9), lambda: int(-1.9), lambda: int(inf), lambda: int(float("nan")), lambda: int(None), lambda: int([]), lambda: int("9" * 30),
    lambda: float("1.5"), lambda: float("abc"), lambda: float(" 1e5 "), lambda: float("inf"), lambda: float("-Infinity"), lambda: float("nan"), lambda: float(""), lambda: float(None), lambda: float("1_0.5"), lambda: float(10**400),
    lambda: 1e16, lambda: 1e15, lambda: 123456789012345678.0, lambda: 1e-4, lambda: 1e-5, lambda: 0.1, lambda: 1/3, lambda: 1e22, lambda: 1.0, lambda: -0.0, lambda: 5e-324, lambda: 1.7976931348623157e308, lambda: 1e309, lambda: 100.0 * 1.1, lambda: 3.0 * 2,
    lambda: 0.1 + 0.2, lambda: 10 ** 25 / 10 ** 24, lambda: (2**53 + 1) / 1, lambda: 10 ** 400 / 3, lambda: 1 == 1.0, lambda: 2**53 == float(2**53), lambda: 2**53 + 1 == float(2**53), lambda: 1 < 1.5, lambda: inf > 10**400, lambda: float("nan") == float("nan"),
    lambda: hash(1) == hash(1.0) == hash(True), lambda: hash(2**61 - 1), lambda: hash(-1), lambda: hash(0.5), lambda: hash(1e300), lambda: hash(10**20), lambda: hash((1, 2, 3)), lambda: hash(()), lambda: hash([]), lambda: hash({}),
    lambda: hex(255), lambda: oct(8), lambda: bin(-5), lambda: hex(1.5), lambda: abs(-3), lambda: abs(-3.5), lambda: abs("x"), lambda: (5).bit_length(), lambda: (255).to_bytes(2, "big"), lambda: int.from_bytes(b"\x01\x00", "big"), lambda: (0.5).as_integer_ratio(), lambda: (2.0).is_integer(),
    lambda: 1 + None, lambda: 1 - "a", lambda: [] + (), lambda: {} + {}, lambda: 2 * "ab", lambda: "ab" * 1.5, lambda: -"a", lambda: ~1.5, lambda: 1 < "a", lambda: None < None, lambda: [1] < [2], lambda: (1, 2) < (1, "a"), lambda: 1 in 5, lambda: min(), lambda: min([]), lambda: max(3, 1, 2), lambda: max([1, 5, 2], key=lambda x: -x), lambda: min([], default=4),
    lambda: sum([0.1] * 10), lambda: sum(["a"]), lambda: sum([[1], [2]], []), lambda: 2**10000 % 1000, lambda: len(str(2**1000)), lambda: str(10**5000), lambda: 1_000_000, lambda: 0xff + 0o17 + 0b11, lambda: 10**10**10 if False else 1, lambda: 3 .__add__(4), lambda: (3).real, lambda: 1.5.hex(), lambda: bool(0.0), lambda: bool("0"), lambda: int(True), lambda: isinstance(True, int), lambda: type(1), lambda: 1 is 1,
    lambda: -2 ** 2, lambda: (-8) // 3, lambda: 2 ** 3 ** 2, lambda: 1 if 0 else 2, lambda: 0 or None, lambda: 1 and [], lambda: not [], lambda: 5 .bit_count(), lambda: 1e3 == 1000, lambda: {1: 'a', 1.0: 'b', True: 'c'}, lambda: {1, 1.0, True}, lambda: [1, 2] == [1.0, 2.0], lambda: (1,) == [1],
]:
    show(f) if f.__code__.co_name else None
