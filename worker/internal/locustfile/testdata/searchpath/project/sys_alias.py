import os.path as osp
import sys as system

system.path.append(osp.join(osp.dirname(__file__), "lib"))

import path_helper

print(path_helper.NAME)
