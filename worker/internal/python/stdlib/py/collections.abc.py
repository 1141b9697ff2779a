class _ABC:
    def __class_getitem__(cls, item):
        return cls


class Iterable(_ABC): pass
class Iterator(_ABC): pass
class Generator(_ABC): pass
class Sequence(_ABC): pass
class Mapping(_ABC): pass
class MutableMapping(_ABC): pass
class Callable(_ABC): pass
class Hashable(_ABC): pass
