import os
import sys
from pathlib import Path

sys.path.append("/".join(os.path.abspath(__file__).split("/")[:-1] + ["lib"]))

import path_helper

print(path_helper.NAME)
