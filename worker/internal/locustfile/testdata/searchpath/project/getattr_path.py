import sys

getattr(sys, "path").append("lib")

import path_helper

print(path_helper.NAME)
