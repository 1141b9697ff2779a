import os
import sys
from pathlib import Path

sys.path += [os.path.realpath("lib")]

import path_helper

print(path_helper.NAME)
