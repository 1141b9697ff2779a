import os
import sys
from pathlib import Path

[sys.path.append(str(p)) for p in Path(__file__).parent.iterdir() if p.is_dir()]

import path_helper

print(path_helper.NAME)
