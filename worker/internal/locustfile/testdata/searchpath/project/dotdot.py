import os
import sys
from pathlib import Path

sys.path.insert(1, "../shared")

import path_shared

print(path_shared.NAME)
