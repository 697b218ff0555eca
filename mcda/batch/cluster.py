"""The workers of a Dask cluster, on this machine or on many: the one place that knows Dask."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import Any

import mcda
from mcda.batch.compute import Done, OtherVersion, Task, work
from mcda.batch.executors import AHEAD, DEATHS
from mcda.errors import CommandError, Fault, StudyError

ADDRESS = re.compile(r"((tcp|tls|ucx|wss?)://)?(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):[0-9]{1,5}")  # of a scheduler
LOCAL = "local"  # in place of an address: workers on this machine, started and ended with the run
PATIENCE = 20  # seconds that a scheduler and its first worker have to answer


class Cluster:
    """Dask's scheduler hands tasks to its workers, and those of a worker that dies to others.

    Parameters
    ----------
    address : of a scheduler, such as ``tcp://10.0.0.5:8786``, or ``local``
    workers : processes to start for ``local``; None for one for each processor

    Raises
    ------
    CommandError
        Where Dask is missing, the address is none, nothing answers there, no worker is there, or workers cannot run
        this program. Nothing that was started or opened is left behind then.
    """

    def __init__(self, address: str, workers: int | None = None, *, patience: float | None = None) -> None:
        patience = PATIENCE if patience is None else patience
        if address != LOCAL and not ADDRESS.fullmatch(address):
            raise _refused("fault.cluster_address", found=address)
        try:
            import distributed
        except ImportError:
            raise _refused("fault.no_dask") from None
        dask: Any = distributed
        _quieten()
        self._own: Any = None
        self._client: Any = None
        if address == LOCAL:
            options = {"threads_per_worker": 1, "dashboard_address": "127.0.0.1:0", "silence_logs": logging.CRITICAL}
            with _deaf_children():
                self._own = dask.LocalCluster(n_workers=workers, **options)
        try:
            if self._own is None:  # a client that nobody answers keeps the program from ending
                asyncio.run(_reach(address, patience))
            self._client = dask.Client(self._own or address, timeout=patience, set_as_default=False)
        except (OSError, ValueError, ImportError) as error:
            self.close()
            raise _refused("fault.no_scheduler", found=address, reason=_first_line(error)) from None
        try:
            self._client.wait_for_workers(1, timeout=patience)
            found = set(self._client.run(_version).values()) - {mcda.__version__}
        except TimeoutError:
            self.close()
            raise _refused("fault.no_worker", found=address) from None
        except Exception as error:
            self.close()
            raise _cannot(address, _first_line(error)) from None
        if found:
            self.close()
            raise _cannot(address, f"mcda {', '.join(sorted(found))}")

    def run(self, context: bytes, tasks: Iterator[Task]) -> Iterator[Done]:
        """Compute all tasks, a few more at a time than there are threads; new workers are used as they come."""
        import distributed

        dask: Any = distributed
        waiting: dict[Any, Task] = {}
        queue = dask.as_completed(loop=self._client.loop)
        deaths = 0
        try:
            while True:
                while len(waiting) < AHEAD * max(1, sum(self._client.nthreads().values())):
                    task = next(tasks, None)
                    if task is None:
                        break
                    self._submit(context, task, waiting, queue)
                if not waiting:
                    return
                future = next(queue)
                task = waiting.pop(future)
                try:
                    done = future.result()
                except dask.KilledWorker:
                    deaths += 1
                    if deaths > DEATHS:
                        raise StudyError([Fault(code="fault.workers_die", values={"found": deaths})]) from None
                    self._submit(context, task, waiting, queue)
                    continue
                deaths = 0
                future.release()
                yield done
        except OtherVersion as error:
            raise _cannot(self._client.scheduler.address, f"mcda {error}") from None
        except (CancelledError, OSError):
            raise StudyError([Fault(code="fault.cluster_gone")]) from None

    def close(self) -> None:
        """Let the workers go; those that the run started end."""
        for opened in (self._client, self._own):
            if opened is not None:
                with suppress(Exception):
                    opened.close()

    def _submit(self, context: bytes, task: Task, waiting: dict[Any, Task], queue: Any) -> None:
        future = self._client.submit(work, context, task, pure=False)
        waiting[future] = task
        queue.add(future)


async def _reach(address: str, patience: float) -> None:
    """Open a connection to a scheduler, and close it again."""
    import distributed

    dask: Any = distributed
    opened = await dask.comm.connect(address, timeout=patience, **dask.Security().get_connection_args("client"))
    await opened.close()


def _quieten() -> None:
    """Keep Dask's own log off the terminal: a lost worker is mended, and a lost cluster is said in a line of ours."""
    for name in ("distributed", "tornado", "asyncio", *logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL)


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Leave the keyboard to this process: those that are started here do not hear it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _version() -> str:
    """Tell the version of the program that a worker has."""
    return mcda.__version__


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _cannot(address: str, reason: str) -> CommandError:
    return _refused("fault.worker_cannot", found=address, version=mcda.__version__, reason=reason)


def _refused(code: str, **values: object) -> CommandError:
    return CommandError([Fault(code=code, values=values)])
