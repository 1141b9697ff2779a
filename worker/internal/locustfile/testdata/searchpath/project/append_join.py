import os
import sys
from pathlib import Path

sys.path.append(os.path.join(os.path.dirname(__file__), "lib"))

import path_helper

print(path_helper.NAME)
