"""How is a step run so that it disturbs no other? As a process of its own that prints JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).absolute().parents[2]


def call(module: str, *arguments: object) -> Any:
    """Run ``python -m benchmarks.speed.MODULE ARGUMENTS`` and return what it prints."""
    command = [sys.executable, "-m", f"benchmarks.speed.{module}", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


@dataclass(frozen=True, slots=True)
class Run:
    """One whole process: seconds, seconds of processor time, peak memory in MB, and what it printed."""

    wall: float
    cpu: float
    memory: float
    printed: str


def run(command: Sequence[str]) -> Run:
    """Run a program from start to end. Raises CalledProcessError where it fails.

    Python may keep its compiled modules, as it does on a reader's machine. Peak memory is no less than that
    of this process, which Linux hands down.
    """
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "COLUMNS": "100"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        printed = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, printed)
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, printed.decode())


def peak_memory() -> float:
    """Return the most memory this process ever had resident, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
