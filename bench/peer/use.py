"""What a peer took, printed as the JSON that bench/peer.ts reads; the start of Python and its imports are left out."""

import json
import resource
import sys
import time

started, cpu_started = time.perf_counter(), time.process_time()


def begin() -> None:
    global started, cpu_started
    started, cpu_started = time.perf_counter(), time.process_time()


def end(**figures) -> None:
    # Linux counts the peak in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    print(json.dumps({
        "seconds": time.perf_counter() - started,
        "cpuSeconds": time.process_time() - cpu_started,
        "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit,
        "figures": figures,
    }))  # fmt: skip
