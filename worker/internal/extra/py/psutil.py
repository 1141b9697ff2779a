"""The processor, the memory and this process, read from /proc."""
import os
import time
from collections import namedtuple

__version__ = "7.2.2"
svmem = namedtuple("svmem", "total available percent used free active inactive buffers cached shared slab")
pmem = namedtuple("pmem", "rss vms shared text lib data dirty")
pcputimes = namedtuple("pcputimes", "user system children_user children_system iowait")
_TICKS, _PAGE = 100, 4096


class Error(Exception):
    pass


class NoSuchProcess(Error):
    def __init__(self, pid, name=None, msg=None):
        self.pid, self.name, self.msg = pid, name, msg or "process no longer exists"

    def __str__(self):
        return f"{self.msg} (pid={self.pid})"


class AccessDenied(NoSuchProcess):
    pass


def cpu_count(logical=True):
    if logical:
        return os.cpu_count()
    cores, at = set(), {}
    with open("/proc/cpuinfo") as f:
        for line in f:
            key, _, value = line.partition(":")
            at[key.strip()] = value.strip()
            if not line.strip():
                cores.add((at.get("physical id"), at.get("core id")))
    return len(cores) or None


def _busy():
    with open("/proc/stat") as f:
        times = [int(n) for n in f.readline().split()[1:9]]
    return sum(times) - times[3] - times[4], sum(times)


_last = None


def cpu_percent(interval=None):
    global _last
    before = _last or _busy()
    if interval is not None:
        if interval < 0:
            raise ValueError(f"interval is not positive (got {interval})")
        before = _busy()
        time.sleep(interval)
    _last = now = _busy()
    total = now[1] - before[1]
    return round(100 * (now[0] - before[0]) / total, 1) if total > 0 else 0.0


def getloadavg():
    return os.getloadavg()


def virtual_memory():
    with open("/proc/meminfo") as f:
        kb = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in f}
    total, available, free = kb["MemTotal"], kb.get("MemAvailable", kb["MemFree"]), kb["MemFree"]
    cached = kb.get("Cached", 0) + kb.get("SReclaimable", 0)
    return svmem(
        total, available, round(100 * (total - available) / total, 1), total - available, free, kb.get("Active", 0), kb.get("Inactive", 0),
        kb.get("Buffers", 0), cached, kb.get("Shmem", 0), kb.get("Slab", 0),
    )


def pid_exists(pid):
    return os.path.exists(f"/proc/{pid}")


def pids():
    return sorted(int(n) for n in os.listdir("/proc") if n.isdigit())


class Process:
    def __init__(self, pid=None):
        self.pid = os.getpid() if pid is None else pid
        if not pid_exists(self.pid):
            raise NoSuchProcess(self.pid, msg="process PID not found")
        self._before = None

    def _stat(self):
        try:
            with open(f"/proc/{self.pid}/stat") as f:
                return f.read().rpartition(")")[2].split()
        except FileNotFoundError:
            raise NoSuchProcess(self.pid) from None

    def cpu_times(self):
        user, system, child_user, child_system = [int(n) / _TICKS for n in self._stat()[11:15]]
        return pcputimes(user, system, child_user, child_system, 0.0)

    def cpu_percent(self, interval=None):
        if interval is not None:
            self._before = time.monotonic(), sum(self.cpu_times()[:2])
            time.sleep(interval)
        now, before = (time.monotonic(), sum(self.cpu_times()[:2])), self._before
        self._before = now
        if before is None or now[0] <= before[0]:
            return 0.0
        return round(100 * (now[1] - before[1]) / (now[0] - before[0]), 1)

    def memory_info(self):
        with open(f"/proc/{self.pid}/statm") as f:
            size, rss, shared, text, lib, data, dirty = [int(n) * _PAGE for n in f.read().split()]
        return pmem(rss, size, shared, text, lib, data, dirty)

    def memory_percent(self, memtype="rss"):
        return 100 * getattr(self.memory_info(), memtype) / virtual_memory().total

    def num_threads(self):
        return int(self._stat()[17])

    def num_fds(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def ppid(self):
        return int(self._stat()[1])

    def is_running(self):
        return pid_exists(self.pid)

    def name(self):
        with open(f"/proc/{self.pid}/comm") as f:
            return f.read().strip()
