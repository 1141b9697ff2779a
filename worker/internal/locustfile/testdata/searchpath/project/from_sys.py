import os
from sys import path

path.append(os.path.join(os.path.dirname(__file__), "lib"))

import path_helper

print(path_helper.NAME)
