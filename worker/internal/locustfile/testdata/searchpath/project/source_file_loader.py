import os
import sys
from pathlib import Path

from importlib.machinery import SourceFileLoader

module = SourceFileLoader("by_loader", "lib/path_helper.py").load_module()
print(module.NAME)
