import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent / "lib"))

import path_helper

print(path_helper.NAME)
