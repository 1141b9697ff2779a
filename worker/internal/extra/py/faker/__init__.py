"""Faker: made-up data from small lists of our own. It draws other values than the Python package of that name does."""
import random as _random
from faker.provider import Provider
from faker.proxy import UniquenessException, Unique

VERSION = "25.0.0"
_shared = _random.Random()


class Generator(Provider):
    def __init__(self, locale="en_US", rng=None):
        self.locale, self.random = locale, rng or _shared
        self._formats = {}

    def seed_instance(self, seed=None):
        self.random = _random.Random(seed)
        return self

    @classmethod
    def seed(cls, seed=None):
        _shared.seed(seed)

    def format(self, formatter, *args, **kw):
        return getattr(self, formatter)(*args, **kw)

    def add_provider(self, provider):
        p = provider(self) if isinstance(provider, type) else provider
        for name in dir(p):
            if not name.startswith("_") and callable(getattr(p, name)) and name not in ("bind", "add_provider"):
                setattr(self, name, getattr(p, name))

    @property
    def unique(self):
        if "_unique" not in self.__dict__:
            self._unique = Unique(self)
        return self._unique

    @property
    def locales(self):
        return [self.locale]

    def __getattr__(self, name):
        raise AttributeError(f"'Generator' object has no attribute {name!r}")


class Faker(Generator):
    def __init__(self, locale=None, providers=None, generator=None, includes=None, use_weighting=True, **config):
        if isinstance(locale, (list, tuple)):
            locale = locale[0] if locale else None
        elif isinstance(locale, dict):
            locale = next(iter(locale), None)
        super().__init__((locale or "en_US").replace("-", "_"))


class Factory:
    @classmethod
    def create(cls, locale=None, **kw):
        return Faker(locale)
