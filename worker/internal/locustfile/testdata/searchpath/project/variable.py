import os
import sys
from pathlib import Path

base = os.path.dirname(os.path.realpath(__file__))
lib = os.path.join(base, "lib")
if lib not in sys.path:
    sys.path.append(lib)

import path_helper

print(path_helper.NAME)
