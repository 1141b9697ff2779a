# What sys tells about the interpreter: the facts of CPython 3.11 on a 64-bit machine, whose numbers are these.
class _Facts(tuple):
    def __new__(cls, name, /, **facts):
        self = tuple.__new__(cls, facts.values())
        self.__dict__["_title"] = name
        self.__dict__.update(facts)
        return self

    def __repr__(self):
        return f"sys.{self._title}(" + ", ".join(f"{k}={v!r}" for k, v in self.__dict__.items() if k != "_title") + ")"


class _Namespace:
    def __init__(self, **facts):
        self.__dict__.update(facts)

    def __repr__(self):
        return "namespace(" + ", ".join(f"{k}={v!r}" for k, v in self.__dict__.items()) + ")"


float_info = _Facts(
    "float_info", max=1.7976931348623157e308, max_exp=1024, max_10_exp=308, min=2.2250738585072014e-308, min_exp=-1021, min_10_exp=-307,
    dig=15, mant_dig=53, epsilon=2.220446049250313e-16, radix=2, rounds=1,
)
int_info = _Facts("int_info", bits_per_digit=30, sizeof_digit=4, default_max_str_digits=4300, str_digits_check_threshold=640)
hash_info = _Facts("hash_info", width=64, modulus=2**61 - 1, inf=314159, nan=0, imag=1000003, algorithm="siphash13", hash_bits=64, seed_bits=128, cutoff=0)
thread_info = _Facts("thread_info", name="pthread", lock="semaphore", version=None)
flags = _Facts(
    "flags", debug=0, inspect=0, interactive=0, optimize=0, dont_write_bytecode=0, no_user_site=0, no_site=0, ignore_environment=0, verbose=0,
    bytes_warning=0, quiet=0, hash_randomization=1, isolated=0, dev_mode=False, utf8_mode=0, warn_default_encoding=0, safe_path=False, int_max_str_digits=4300,
)
implementation = _Namespace(name="cpython", cache_tag="cpython-311", version=(3, 11, 7, "final", 0), hexversion=0x030B07F0)
hexversion, api_version, maxunicode = 0x030B07F0, 1013, 0x10FFFF
float_repr_style, platlibdir, abiflags, copyright = "short", "lib", "", ""
prefix = exec_prefix = base_prefix = base_exec_prefix = "/usr"
dont_write_bytecode, pycache_prefix, warnoptions = False, None, []
orig_argv, meta_path, path_hooks, path_importer_cache = [], [], [], {}
builtin_module_names = ("builtins", "sys", "time")


def getfilesystemencoding():
    return "utf-8"


def getfilesystemencodeerrors():
    return "surrogateescape"


def getrefcount(object, /):
    return 2  # values are not counted


def getswitchinterval():
    return 0.005


def setswitchinterval(interval, /):
    pass


def get_int_max_str_digits():
    return 4300


def gettrace():
    return None


def getprofile():
    return None


def is_finalizing():
    return False


def excepthook(exctype, value, traceback, /):
    import traceback as tb

    tb.print_exception(exctype, value, traceback)


def displayhook(value, /):
    if value is not None:
        print(repr(value))


def audit(event, /, *args):
    pass


__excepthook__, __displayhook__ = excepthook, displayhook
