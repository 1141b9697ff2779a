import os
import sys
from pathlib import Path

try:
    import path_helper
except ImportError:
    sys.path.append("lib")
    import path_helper

print(path_helper.NAME)
