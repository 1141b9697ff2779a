import os
import sys
from pathlib import Path

sys.path.append("lib")
import path_helper
import deep.path_deep

print(path_helper.NAME, deep.path_deep.NAME)
