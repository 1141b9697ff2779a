import os
import sys
from pathlib import Path

sys.path.append(os.path.normpath(os.path.join(os.path.dirname(__file__), "..", "shared")))

import path_shared

print(path_shared.NAME)
