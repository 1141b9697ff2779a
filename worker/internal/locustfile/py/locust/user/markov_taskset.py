# Tasks that lead to one another with given weights (locust/user/markov_taskset.py).
import logging
import random

from locust.exception import LocustError
from locust.user.task import TaskSet


class NoMarkovTasksError(LocustError):
    pass


class InvalidTransitionError(LocustError):
    pass


class NonMarkovTaskTransitionError(LocustError):
    pass


class MarkovTaskTagError(LocustError):
    pass


def transition(func_name, weight=1):
    return transitions({func_name: weight})


def transitions(weights):
    def decorate(func):
        if not hasattr(func, "transitions"):
            func.transitions = {}
        for one in weights.items() if isinstance(weights, dict) else weights:
            name, weight = one if isinstance(one, tuple) else (one, 1)
            func.transitions[name] = weight
        return func

    return decorate


class MarkovTaskSet(TaskSet):
    abstract = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if cls.__dict__.get("abstract"):
            return
        cls.abstract = False
        chain = {name: fn for name, fn in vars(cls).items() if hasattr(fn, "transitions")}
        _validate(cls, list(chain.values()))
        cls.current = next(iter(chain.values()))
        for fn in chain.values():
            fn.transitions = [name for name, weight in fn.transitions.items() for _ in range(weight)]

    def get_next_task(self):
        fn = self.current
        self.current = getattr(self, random.choice(fn.transitions))
        return fn


def _validate(cls, chain):
    name = cls.__name__
    if not chain:
        raise NoMarkovTasksError(
            f"No Markov tasks defined in class {name}. Use the @transition(s) decorators to define some."
        )
    for fn in chain:
        _validate_transitions(cls, fn)
    seen, left = set(), [chain[0].__name__]
    while left:
        one = left.pop()
        if one not in seen:
            seen.add(one)
            left.extend(dest for dest, weight in vars(cls)[one].transitions.items() if weight > 0)
    unreachable = {fn.__name__ for fn in chain} - seen
    if unreachable:
        logging.warning(f"The following markov tasks are unreachable in class {name}: {unreachable}")


def _validate_transitions(cls, fn):
    name = cls.__name__
    for dest in fn.transitions:
        target = vars(cls).get(dest)
        if not target:
            raise InvalidTransitionError(
                f"Transition to {dest} from {fn.__name__} is invalid since no such element exists on class {name}"
            )
        if not hasattr(target, "transitions"):
            raise NonMarkovTaskTransitionError(
                f"{name}.{dest} cannot be used as a target for a transition since it does not define any transitions of its own."
                f"Used as a transition from {fn.__name__}."
            )
    if hasattr(fn, "locust_tag_set"):
        raise MarkovTaskTagError(
            "Tags are unsupported for MarkovTaskSet since they can make the markov chain invalid. "
            f"Tags detected on {name}.{fn.__name__}: {fn.locust_tag_set}"
        )
