import os
import sys
from pathlib import Path

for name in ("lib", "../shared"):
    sys.path.append(os.path.join(os.path.dirname(__file__), name))

import path_helper

print(path_helper.NAME)

import path_shared

print(path_shared.NAME)
