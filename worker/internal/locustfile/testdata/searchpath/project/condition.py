import os
import sys
from pathlib import Path

if os.path.isdir("lib"):
    sys.path.append("lib")
else:
    sys.path.append("other")

import path_helper

print(path_helper.NAME)
