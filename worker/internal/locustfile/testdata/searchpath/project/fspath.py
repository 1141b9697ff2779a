import os
import sys
from pathlib import Path

sys.path.append(os.fspath(Path.cwd() / "lib"))

import path_helper

print(path_helper.NAME)
