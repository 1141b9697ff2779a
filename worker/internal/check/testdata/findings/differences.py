import glob
import os
import sys
import threading
import weakref


sys.setrecursionlimit(5000)  # warns: sys.setrecursionlimit changes nothing: calls may nest 1000 deep
ref = weakref.ref(threading)  # warns: weakref.ref keeps its object alive here: a reference is never found dead
glob.glob("*", root_dir=".")
glob.glob("*", dir_fd=3)  # warns: keyword dir_fd of glob.glob changes nothing on this worker
threading.Thread(target=print, daemon=True)


def leave():
    os._exit(3)  # warns: os._exit raises SystemExit: the process is the worker's, and may be that of other workers


leave()
