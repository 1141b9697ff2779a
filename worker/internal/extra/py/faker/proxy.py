class UniquenessException(Exception):
    pass


class Unique:
    def __init__(self, fake):
        self._fake, self._seen = fake, {}

    def clear(self):
        self._seen.clear()

    def __getattr__(self, name):
        make = getattr(self._fake, name)

        def once(*args, **kw):
            seen = self._seen.setdefault((name, args, tuple(sorted(kw.items()))), set())
            for _ in range(1000):
                value = make(*args, **kw)
                if value not in seen:
                    seen.add(value)
                    return value
            raise UniquenessException("Got duplicated values after 1,000 attempts.")
        return once
