"""Reads with psutil what bin/monitor reads, a row at each tick: psutil_monitor.py FILE INTERVAL first|all|process [PORT].

"first" is what the first version of the monitor had: CPU_Percent, four columns of memory, two of the script itself. "all" is what
--collect cpu,memory,self reads. "process" is what the default set reads of the machine and of the process tree that listens on PORT,
where psutil has a call for it: nothing of pressure, containers, accept queues, the kernel's counters of TCP, and no GPU. Connections are counted as
often as the monitor counts them by itself: once a second.
"""

import csv
import sys
import time

import psutil

GB, MB = 1024**3, 1024**2


def first(me):
    memory = psutil.virtual_memory()
    return [
        psutil.cpu_percent(), memory.total / GB, (memory.total - memory.available) / GB, memory.available / GB, memory.percent,
        me.cpu_percent() / psutil.cpu_count(), me.memory_info().rss / MB,
    ]


def everything(me):
    memory, swap = psutil.virtual_memory(), psutil.swap_memory()
    times, stats = psutil.cpu_times_percent(), psutil.cpu_stats()
    return [
        100 - times.idle - times.iowait, times.user + times.nice, times.system + times.irq + times.softirq, times.iowait, times.steal,
        max(psutil.cpu_percent(percpu=True)), *psutil.getloadavg(), stats.ctx_switches,
        memory.total / GB, (memory.total - memory.available) / GB, memory.available / GB, memory.percent, (memory.buffers + memory.cached) / GB,
        swap.total / GB, swap.used / GB, swap.sin / MB, swap.sout / MB,
        me.cpu_percent() / psutil.cpu_count(), me.memory_info().rss / MB,
    ]


def listener(port):
    """The process that listens on a port: of several, their parent."""
    found = {c.pid for c in psutil.net_connections("tcp") if c.status == psutil.CONN_LISTEN and c.laddr.port == port}
    return next(p for p in map(psutil.Process, found) if p.ppid() not in found)


class Tree:
    """The process under test with its children, found anew at each tick as the monitor does."""

    def __init__(self, port):
        self.root, self.known, self.threads, self.counted = listener(port), {}, {}, 0

    def members(self):
        # children() makes objects anew, which know nothing of the row before
        return [self.known.setdefault((p.pid, p.create_time()), p) for p in [self.root, *self.root.children(recursive=True)]]

    def row(self):
        members = self.members()
        total, busiest, threads = [0.0] * 10, 0.0, {}
        for p in members:
            with p.oneshot():
                times, memory, switches, io = p.cpu_times(), p.memory_info(), p.num_ctx_switches(), p.io_counters()
                values = [
                    times.user, times.system, memory.rss / MB, p.num_threads(), p.num_fds(), switches.voluntary, switches.involuntary,
                    io.read_bytes / MB, io.write_bytes / MB, p.status() == psutil.STATUS_ZOMBIE,
                ]
            total = [a + b for a, b in zip(total, values)]
            for t in p.threads():
                used = t.user_time + t.system_time
                busiest = max(busiest, used - self.threads.get((p.pid, t.id), used))
                threads[p.pid, t.id] = used
        self.threads = threads
        return [len(members), busiest, *total, *self.connections(members)]

    def connections(self, members):
        if time.monotonic() - self.counted < 0.9:
            return [0] * 5
        self.counted, pids = time.monotonic(), {p.pid for p in members}
        states = {}
        for c in psutil.net_connections("tcp"):
            for key in {(c.status, None), (c.status, c.pid in pids)}:
                states[key] = states.get(key, 0) + 1
        return [
            states.get(key, 0)
            for key in [
                (psutil.CONN_CLOSE_WAIT, None), (psutil.CONN_TIME_WAIT, None), (psutil.CONN_ESTABLISHED, None),
                (psutil.CONN_ESTABLISHED, True), (psutil.CONN_CLOSE_WAIT, True),
            ]
        ]


def machine(me):
    usage, loopback = psutil.disk_usage("/"), psutil.net_io_counters(pernic=True)
    network = [value for card in loopback.values() for value in card]
    disks = [value for disk in psutil.disk_io_counters(perdisk=True).values() for value in disk]
    return [*everything(me), usage.free / GB, usage.percent, *network, *disks]


def main():
    path, interval, what = sys.argv[1], float(sys.argv[2]), sys.argv[3]
    me = psutil.Process()
    if what == "process":
        tree = Tree(int(sys.argv[4]))
        read = lambda me: [*machine(me), *tree.row()]
    else:
        read = {"all": everything, "first": first}[what]
    read(me)
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        while True:
            tick = (time.time() // interval + 1) * interval
            time.sleep(max(0, tick - time.time()))
            rows.writerow([round(tick, 3), *(round(value, 4) for value in read(me))])
            file.flush()


main()
