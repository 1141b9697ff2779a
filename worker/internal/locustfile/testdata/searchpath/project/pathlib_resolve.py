import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.joinpath("lib")))

import path_helper

print(path_helper.NAME)
