import sys
from pathlib import Path

sys.path.append(str(Path(__file__).with_name("lib")))
