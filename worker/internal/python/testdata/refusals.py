# How functions that are C in CPython refuse an argument, None above all.


def refused(f):
    try:
        print("taken:", repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for odd in (None, 5, b"b"):
    refused(lambda: (1).to_bytes(2, odd))
    refused(lambda: int.from_bytes(b"a", odd))
    refused(lambda: "a".replace(odd, "b"))
    refused(lambda: "a".replace("a", odd))
    refused(lambda: "a".removeprefix(odd))
    refused(lambda: "a".removesuffix(odd))
    refused(lambda: b"a".center(3, odd))
    refused(lambda: bytes.fromhex(odd))
    refused(lambda: format(1, odd))
    refused(lambda: type("A", (), odd))
    refused(lambda: type("A", odd, {}))
    refused(lambda: type(odd, (), {}))
    refused(lambda: type.__new__(type, "A", (), odd))
    refused(lambda: getattr(1, odd))
    refused(lambda: getattr(1, odd, 2))
    refused(lambda: hasattr(1, odd))
    refused(lambda: setattr(refused, odd, 1))
    refused(lambda: delattr(refused, odd))
with open("/dev/null", "w") as f:
    for odd in (None, 5, b"b"):
        refused(lambda: f.write(odd))
