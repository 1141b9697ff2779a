class BaseProvider:
    def __init__(self, generator):
        self.generator = self.fake = generator

    @property
    def random(self):
        return self.generator.random

    def __getattr__(self, name):
        if name == "generator":
            raise AttributeError(name)
        return getattr(self.generator, name)


class DynamicProvider(BaseProvider):
    def __init__(self, provider_name, elements=None, generator=None):
        self.provider_name, self.elements = provider_name, list(elements or [])
        setattr(self, provider_name, self.get_random_value)

    def get_random_value(self):
        import random
        return random.choice(self.elements)
