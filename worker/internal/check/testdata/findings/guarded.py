import random

try:
    from nosuch import client
except ImportError:
    client = None


def use(thing):  # an object of a module that nobody knows may have any attribute
    thing.weekly()
    random.gone  # warns: module 'random' has no attribute 'gone' in CPython 3.11 either: AttributeError


use(client)
