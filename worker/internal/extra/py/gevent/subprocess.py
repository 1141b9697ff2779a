from subprocess import *
from subprocess import list2cmdline
