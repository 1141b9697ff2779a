import os
import sys
from pathlib import Path

sys.path.insert(1, "lib")

import path_helper

print(path_helper.NAME)
