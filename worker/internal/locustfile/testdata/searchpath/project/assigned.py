import os
import sys
from pathlib import Path

sys.path = [os.path.join(os.path.dirname(__file__), "lib")] + sys.path

import path_helper

print(path_helper.NAME)
