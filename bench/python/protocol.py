"""The contender's side of the protocol, one JSON object a line: `ready`, or `cannot` with the reason; the time of
what it is told to run; its memory at the end."""

import json
import re
import resource
import sys
import time
from pathlib import Path

_answers, sys.stdout = sys.stdout, sys.stderr  # Libraries greet on standard output.


def serve(start):
    """`start` gives what it says of itself, its version and any trained weights, and what can be run, by name."""
    try:
        about, bodies = start()
        _say(ready=about)
        for line in sys.stdin:
            order = json.loads(line)
            if "run" not in order:
                break
            _say(ms=_time(bodies[order["run"]]))
        _say(peakBytes=_peak_bytes())
    except Exception as error:
        _say(cannot=f"{type(error).__name__}: {error}")


def _time(body):
    start = time.perf_counter()
    body()
    return (time.perf_counter() - start) * 1000


def _say(**message):
    print(json.dumps(message), file=_answers, flush=True)


def _peak_bytes():
    """The largest resident set so far. What `getrusage` tells on Linux has the parent's in it."""
    try:
        return int(re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
