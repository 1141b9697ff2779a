from locust import HttpUser, task


class Thing:
    pass


class U(HttpUser):
    @task
    def t(self):
        print(1e16, 1e15, 123456789012345680.0, 1e-4, 1e-5, 0.1, 100.0, 1 / 3, -1e300 * 1e10, 2**64, 10**20, -(2**63))
        print(round(0.5), round(1.5), round(2.675, 2), round(-0.125, 2), round(1234.5, -2), round(5), 7 // -2, -7 % 5, 7.5 // 2, -7.5 % 2, 2**-1, int(-3.9))
        print({1: "int", 1.0: "float", True: "bool"}, {True: 1}, [1 == 1.0 == True], hash(1) == hash(1.0), 1 in {1.0})
        print("it's", ["it's", 'say "x"', "both'\"", "tab\t", "\x00", "é", "\u200b", "🚀"], b"\x00a'", bytearray(b"x"), str(KeyError("k")), KeyError("k", 1), ValueError(), None)
        print("ünïcödé🚀"[3:8], len("🚀é"), "ß".upper(), "İ".lower(), "abc"[::-1], "%5.2f|%-6s|%+d" % (3.14159, "x", 5), "x" * 3, "a-b_c".title(), "1,2".partition(","))
        print(f"{1234567:,} {0.5:%} {255:08b} {255:X} {3.0:g} {1e10:g} {12:3}| {'x':>3} {True} {None!s:>6} {[1]!r:>5} {1.5:.0f} {2.5:.0f} {1e-10:.3g} {12345.678:,.1f} {-5:05d}")
        print(list({"b": 1, "a": 2}), dict([("z", 1), ("y", 2)]), sorted({"b": 1, "a": 2}.items()), [*range(10, 0, -3)], tuple("ab"), bool([]), bool("0"), any([0, 1]))
        print("a,b;c".replace(";", ",").split(","), " x ".strip(), "x".zfill(3), "a".join("123"), "abc".find("z"), "Hello".swapcase(), "a\nb\r\nc".splitlines(), "aXbX".rsplit("X", 1), "q".isalpha(), "½".isnumeric())
        print(type(5), type("x"), int, Thing.__name__, [int, str], type(None), type(Thing()).__name__, Thing, isinstance(5, (str, int)))
