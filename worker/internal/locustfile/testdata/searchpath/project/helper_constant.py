import sys
from pathsetup import ROOT

sys.path.append(ROOT + "/lib")

import path_helper

print(path_helper.NAME)
