import os
import sys
from pathlib import Path

sys.path.extend([os.path.join(os.getcwd(), "lib"), "nowhere"])

import path_helper

print(path_helper.NAME)
