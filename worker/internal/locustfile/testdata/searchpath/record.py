"""Write stock.txt: what stock Locust prints, or with what it ends, when it loads each file of project.

    ../../../../../.venv/bin/python record.py >stock.txt
"""
import contextlib
import io
import multiprocessing
import os
import sys
from pathlib import Path

HELPERS = ("pathboot.py", "pathsetup.py")


def load(path):
    os.chdir(path.parent)
    sys.dont_write_bytecode = True
    from locust.util.load_locustfile import load_locustfile

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            load_locustfile(str(path))
        except Exception as e:
            print(f"{type(e).__name__}: {e}")
    return " | ".join(out.getvalue().splitlines())


if __name__ == "__main__":
    here = Path(__file__).resolve().parent / "project"
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for path in sorted(here.glob("*.py")):
            if path.name not in HELPERS:
                print(f"{path.stem}: {pool.apply(load, (path,))}")
