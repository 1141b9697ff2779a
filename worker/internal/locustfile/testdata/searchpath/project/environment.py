import os
import sys
from pathlib import Path

sys.path.append(os.environ.get("NO_SUCH_VARIABLE", os.path.join(os.getcwd(), "lib")))

import path_helper

print(path_helper.NAME)
