from collections import namedtuple

uname_result = namedtuple("uname_result", "system node release version machine")


def system(): return "Linux"
def release(): return ""
def version(): return ""
def machine(): return "x86_64"
def processor(): return "x86_64"
def architecture(executable=None, bits="", linkage=""): return ("64bit", "ELF")
def python_version(): return "3.11.7"
def python_version_tuple(): return ("3", "11", "7")
def python_implementation(): return "CPython"
def platform(aliased=False, terse=False): return "Linux"


def node():
    import socket
    return socket.gethostname()


def uname():
    return uname_result(system(), node(), release(), version(), machine())
