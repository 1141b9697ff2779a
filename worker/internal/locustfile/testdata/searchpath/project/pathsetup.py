import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))


def add(*names):
    for name in names:
        sys.path.insert(0, os.path.join(ROOT, name))
