import sys
import path_helper

sys.path.append("lib")
