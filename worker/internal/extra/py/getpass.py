# Who runs the worker. Nobody sits at it to type a password.
import os as _os


class GetPassWarning(UserWarning):
    pass


def getuser():
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if _os.environ.get(name):
            return _os.environ[name]
    with open("/etc/passwd") as f:
        for line in f:
            name, _, uid, *_ = line.split(":")
            if int(uid) == _os.getuid():
                return name
    raise KeyError(f"getpwuid(): uid not found: {_os.getuid()}")


def getpass(prompt="Password: ", stream=None):
    raise EOFError("a worker has no terminal to read a password from")
