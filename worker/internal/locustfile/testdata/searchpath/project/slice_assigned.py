import os
import sys
from pathlib import Path

sys.path[0:0] = [os.path.abspath("lib")]

import path_helper

print(path_helper.NAME)
