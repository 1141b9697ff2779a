import os
import sys
from pathlib import Path

import requests

LIB = requests.codes.ok and "lib"
sys.path.append(LIB)

import path_helper

print(path_helper.NAME)
