"""Reads with psutil what bin/monitor --collect cpu,memory,self reads, a row at each tick: psutil_monitor.py FILE INTERVAL all|first.

"first" is what the first version of the monitor had: CPU_Percent, four columns of memory, two of the script itself.
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


def main():
    path, interval, read = sys.argv[1], float(sys.argv[2]), {"all": everything, "first": first}[sys.argv[3]]
    me = psutil.Process()
    read(me)
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        while True:
            tick = (time.time() // interval + 1) * interval
            time.sleep(max(0, tick - time.time()))
            rows.writerow([round(tick, 3), *(round(value, 4) for value in read(me))])
            file.flush()


main()
