import os
import sys
from pathlib import Path

import site

site.addsitedir(os.path.join(os.path.dirname(__file__), "lib"))

import path_helper

print(path_helper.NAME)
