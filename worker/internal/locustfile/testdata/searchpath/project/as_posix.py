import os
import sys
from pathlib import Path

sys.path.append(Path("lib").absolute().as_posix())

import path_helper

print(path_helper.NAME)
