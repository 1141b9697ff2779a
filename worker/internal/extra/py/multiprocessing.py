"""How many processors there are; processes are not provided."""
import os


def cpu_count():
    return os.cpu_count() or 1


def _none(*args, **kwargs):
    raise NotImplementedError("multiprocessing: this worker starts no processes; run this file on a Python worker")


class _Current:
    name, pid = "MainProcess", os.getpid()


def current_process():
    return _Current()


Process = Pool = Manager = Queue = Value = Array = Pipe = get_context = _none
