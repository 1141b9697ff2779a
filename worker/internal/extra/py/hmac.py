import hashlib


class HMAC:
    def __init__(self, key, msg=None, digestmod=""):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError(f"key: expected bytes or bytearray, but got {type(key).__name__!r}")
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        self._make = (lambda d=b"": hashlib.new(digestmod, d)) if isinstance(digestmod, str) else digestmod
        size = getattr(self._make(), "block_size", 64)
        if len(key) > size:
            key = self._make(bytes(key)).digest()
        key = bytes(key).ljust(size, b"\0")
        self._outer = bytes(b ^ 0x5C for b in key)
        self._data = bytes(b ^ 0x36 for b in key)
        self.block_size, self.digest_size = size, len(self._make().digest())
        self.name = "hmac-" + (digestmod if isinstance(digestmod, str) else self._make().name)
        if msg is not None:
            self.update(msg)

    def update(self, msg):
        self._data += bytes(msg)

    def copy(self):
        c = HMAC.__new__(HMAC)
        c.__dict__.update(self.__dict__)
        return c

    def digest(self):
        return self._make(self._outer + self._make(self._data).digest()).digest()

    def hexdigest(self):
        return self.digest().hex()


def new(key, msg=None, digestmod=""):
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    return HMAC(key, msg, digest).digest()


def compare_digest(a, b):
    return a == b
