import os
import sys
from pathlib import Path

import importlib.util

spec = importlib.util.spec_from_file_location("by_file", Path(__file__).parent / "lib" / "path_helper.py")
module = importlib.util.module_from_spec(spec)
sys.modules["by_file"] = module
spec.loader.exec_module(module)
print(module.NAME, module.__name__, os.path.basename(module.__file__), spec.name)
import by_file

print(by_file is module)
