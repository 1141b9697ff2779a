"""What stands for a name of a module that this worker lacks and that files import for code which no worker runs."""


class Absent:
    def __init__(self, name):
        self.__dict__["_absent_name"] = name

    def _refuse(self, *args, **kwargs):
        raise NotImplementedError(f"{self._absent_name}: this worker does not have it; run this file on a Python worker")

    __call__ = _refuse

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        self._refuse()


def names(module, text):
    """A module's __getattr__: the names of the text are absent, all others are unknown."""
    absent = frozenset(text.split())

    def get(name):
        if name in absent:
            return Absent(f"{module}.{name}")
        raise AttributeError(f"module '{module}' has no attribute '{name}'")

    return get
