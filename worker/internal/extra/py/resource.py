"""What the process may use and has used."""
from _extra_resource import getrlimit, setrlimit, _usage
from collections import namedtuple as _namedtuple

RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS, RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_MEMLOCK, RLIMIT_AS = range(10)
RLIM_INFINITY, RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD = -1, 0, -1, 1
error = OSError
struct_rusage = _namedtuple(
    "struct_rusage",
    "ru_utime ru_stime ru_maxrss ru_ixrss ru_idrss ru_isrss ru_minflt ru_majflt ru_nswap ru_inblock ru_oublock ru_msgsnd ru_msgrcv ru_nsignals ru_nvcsw ru_nivcsw",
)


def getrusage(who, /):
    return struct_rusage._make(_usage(who))


def getpagesize():
    return 4096
