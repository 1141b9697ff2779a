import os
import sys
from pathlib import Path

sys.path.append("lib")
sys.path.remove("lib")
try:
    import path_helper
except ImportError as e:
    print(e)
