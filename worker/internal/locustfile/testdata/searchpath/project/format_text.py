import os
import sys
from pathlib import Path

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(f"{HERE}/lib")

import path_helper

print(path_helper.NAME)
