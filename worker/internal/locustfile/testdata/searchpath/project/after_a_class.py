import os
import sys
from pathlib import Path

from locust import HttpUser, task


class Base(HttpUser):
    abstract = True
    lib = "lib"


sys.path.append(Base.lib)

import path_helper

print(path_helper.NAME)
