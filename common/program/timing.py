"""How the scripts measure that benchmarks start with times_in_python: as timing.hpp and peak_memory.hpp do."""
import ctypes
import statistics
import sys
import time


def skip_without(library):
    """Imports a library, or ends the script with the status that says it is not installed."""
    try:
        return __import__(library)
    except ImportError:
        sys.exit(77)


def seconds_per_call(function, budget=0.2):
    """The median of rounds, which together last `budget` seconds; a round repeats short calls for 0.01 seconds."""
    start, rounds = time.perf_counter(), []
    while not rounds or time.perf_counter() - start < budget:
        calls, round_start = 0, time.perf_counter()
        while calls == 0 or time.perf_counter() - round_start < 0.01:
            function()
            calls += 1
        rounds.append((time.perf_counter() - round_start) / calls)
    return statistics.median(rounds)


def peak_megabytes(function):
    """How much more memory this process held at the worst moment of a call than before it."""
    ctypes.CDLL(None).malloc_trim(0)
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")
    before = status_megabytes("VmRSS")
    function()
    return status_megabytes("VmHWM") - before


def status_megabytes(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name + ":")) / 1024
