"""Write submodules.txt: the public submodules that are attributes of their packages when a stock worker runs a locustfile.

    locust --worker -f submodules.py 2>/dev/null >submodules.txt

It ends before it connects to anything.
"""
import os
import sys
import types

for package, m in sorted(sys.modules.items()):
    if isinstance(m, types.ModuleType):
        names = sorted(n for n, v in vars(m).items() if isinstance(v, types.ModuleType) and not n.startswith("_") and sys.modules.get(f"{package}.{n}") is v)
        if names:
            print(f"{package}:", *names)
sys.stdout.flush()
os._exit(0)
