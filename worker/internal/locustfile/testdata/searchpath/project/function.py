import os
import sys
from pathlib import Path

def add(name):
    sys.path.insert(0, str(Path(__file__).parent / name))


add("lib")

import path_helper

print(path_helper.NAME)
