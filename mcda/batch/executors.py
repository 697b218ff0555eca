"""Who computes: this process, several processes of this machine, or the workers of a cluster."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from typing import Protocol

from mcda.batch.compute import Done, Task, work
from mcda.errors import Fault, StudyError

AHEAD = 2  # tasks that wait for each worker, so that none is idle
DEATHS = 5  # of workers in a row, with no task finished in between, before the run gives up


class Executor(Protocol):
    """Runs tasks in any order and gives each answer as it comes."""

    def run(self, context: bytes, tasks: Iterator[Task]) -> Iterator[Done]:
        """Compute all tasks; they are taken one by one, as workers become free."""

    def close(self) -> None:
        """Let the workers go."""


class Here:
    """This process alone."""

    def run(self, context: bytes, tasks: Iterator[Task]) -> Iterator[Done]:
        """Compute one task after the other."""
        for task in tasks:
            yield work(context, task)

    def close(self) -> None:
        """Leave nothing behind."""


class Processes:
    """Fresh processes of this machine; what a process that dies was computing is given to another one."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool = self._fresh()

    def run(self, context: bytes, tasks: Iterator[Task]) -> Iterator[Done]:
        """Compute all tasks, a few more at a time than there are processes."""
        waiting: dict[Future[Done], Task] = {}
        again: list[Task] = []
        deaths = 0
        while True:
            while len(waiting) < AHEAD * self.workers:
                task = again.pop() if again else next(tasks, None)
                if task is None:
                    break
                try:
                    waiting[self._pool.submit(work, context, task)] = task
                except BrokenProcessPool:
                    again.append(task)
                    break
            if not waiting and not again:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            lost = [future for future in done if isinstance(future.exception(), BrokenProcessPool)]
            for future in done:
                task = waiting.pop(future)
                if future in lost:
                    again.append(task)
                else:
                    deaths = 0
                    yield future.result()
            if lost or (again and not waiting):
                deaths += 1
                if deaths > DEATHS:
                    raise StudyError([Fault(code="fault.workers_die", values={"found": deaths})])
                again += waiting.values()
                waiting.clear()
                self.close()
                self._pool = self._fresh()

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _fresh(self) -> ProcessPoolExecutor:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, mp_context=spawn, initializer=_begin)


def _begin() -> None:
    """Leave the keyboard to the process that asks, and end when it does, however that came about."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)
