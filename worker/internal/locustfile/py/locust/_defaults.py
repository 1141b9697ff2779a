# The options of Locust: what they are without a command line, and what this worker's command line says.
import locust._worker as _worker

DEFAULTS = _worker.default_options()


class Namespace:
    def __init__(self, **kwargs):
        self.__dict__.update(kwargs)

    def __eq__(self, other):
        return isinstance(other, Namespace) and vars(self) == vars(other)

    def __contains__(self, key):
        return key in self.__dict__

    def __repr__(self):
        return "Namespace(" + ", ".join(f"{name}={value!r}" for name, value in vars(self).items()) + ")"


def options(more=None):
    values = {name: list(value) if isinstance(value, list) else value for name, value in DEFAULTS.items()}
    values.update(_worker.given_options() if more is None else more)  # the file may have defaults of its own: parser.set_defaults
    values["worker"] = True
    return Namespace(**values)
