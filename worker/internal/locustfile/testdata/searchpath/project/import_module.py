import os
import sys
from pathlib import Path

import importlib

sys.path.append("lib")
print(importlib.import_module("path_helper").NAME)
