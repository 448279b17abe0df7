"""What this machine is, and what else it did."""
import os
import platform
import resource
import time


def machine():
    try:
        with open("/proc/cpuinfo") as info:
            names = [text.split(":")[1].strip() for text in info if text.startswith("model name")]
        return f"{names[0]}, {len(names)} cores"
    except (OSError, IndexError):
        return f"{platform.machine()}, {os.cpu_count()} cores"


class Disturbance:
    """How much of a core other processes used meanwhile: a table of a busy machine should say so."""

    def __init__(self):
        self.before = self.now()

    @staticmethod
    def now():
        own = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF))
        with open("/proc/stat") as stat:
            user, nice, system, _, _, irq, softirq, steal, *_ = map(int, stat.readline().split()[1:])
        ticks = os.sysconf("SC_CLK_TCK")
        return time.perf_counter(), (user + nice + system + irq + softirq) / ticks - own, steal / ticks

    def __str__(self):
        elapsed, others, stolen = (after - before for before, after in zip(self.before, self.now()))
        return f"Meanwhile other processes used {others / elapsed:.2f} cores, and {stolen / elapsed:.2f} were stolen."
