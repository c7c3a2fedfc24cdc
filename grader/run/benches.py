"""The benches of a run: which kind, and several at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import click

from grader.core.model import Limits, Packages
from grader.testbed.bench import Bench
from grader.testbed.crew import Crew

ALL_IMAGES = ("python", "c", "java", "sidecar")


def testbed(
    runner: str,
    limits: Limits,
    images: list[str],
    packages: Packages,
    crew: Crew | None,
) -> tuple[Callable[[], Bench], tuple[str, ...]]:
    """Return what makes benches, and the digests of the images they use. Local benches get their
    agents from the `crew`, or each from its own.
    """
    if runner == "local":
        from grader.testbed.local import LocalBench  # noqa: PLC0415

        return lambda: LocalBench(limits, crew=crew), ()
    from grader.testbed.docker import DockerBench, sweep  # noqa: PLC0415 - the SDK costs 90 ms
    from grader.testbed.engine import connect  # noqa: PLC0415
    from grader.testbed.images import OPTIONAL, ensure_images, images_there  # noqa: PLC0415

    client = connect()
    sweep(client)
    say = lambda line: click.echo(line, err=True)  # noqa: E731 - a line
    tags = ensure_images(client, images, say)
    if "python" in tags and packages.python:
        from grader.testbed.packages import ensure_packages  # noqa: PLC0415

        tags["python"] = ensure_packages(client, packages.python, say)
    tags |= images_there(client, OPTIONAL)
    return lambda: DockerBench(client, tags, limits), tuple(tags.values())


class Opening:
    """Benches that are made while something else goes on."""

    def __init__(self, make: Callable[[], Bench], count: int) -> None:
        self._benches: list[Bench] = []
        self._trouble: list[Exception] = []
        self._threads = [threading.Thread(target=self._open, args=(make,)) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def _open(self, make: Callable[[], Bench]) -> None:
        try:
            self._benches.append(make())
        except Exception as error:  # noqa: BLE001 - told by the one who waits
            self._trouble.append(error)

    def wait(self) -> list[Bench]:
        """Return them; raises what making one has raised, and then none is left open."""
        for thread in self._threads:
            thread.join()
        if self._trouble:
            close_all(self._benches)
            raise self._trouble[0]
        return self._benches

    def close(self) -> None:
        """Close them, made or not."""
        for thread in self._threads:
            thread.join()
        close_all(self._benches)


def close_all(benches: Sequence[Bench]) -> None:
    """Close benches at once, as each takes its time."""
    threads = [threading.Thread(target=bench.close) for bench in benches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
