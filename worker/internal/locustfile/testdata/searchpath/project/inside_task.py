import os
import sys
from pathlib import Path

sys.path.append(os.path.join(os.path.dirname(__file__), "lib"))


def later():
    import path_helper
    return path_helper.NAME


print(later())
