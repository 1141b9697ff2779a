import os
import sys
from pathlib import Path

sys.path.append("%s/%s" % (os.getcwd(), "lib"))

import path_helper

print(path_helper.NAME)
