"""The Docker engine: finding it, and what it says of itself.

`connect` is the one way in. It talks to the engine that the `docker` command talks to
(DOCKER_HOST, else the current context, else the default socket), and translates everything that
can go wrong there into `EngineError`, whose text is for people. Nothing here knows of sandboxes.
The SDK is imported inside functions: it costs 90 ms that a self-check must not pay.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.resources import setup_command

if TYPE_CHECKING:
    from docker import DockerClient

CONTAINER_LABEL = "grader"
"""On every container of ours; one that carries it and has no living grader is left over."""

SOCKET = "unix:///var/run/docker.sock"


class EngineError(Exception):
    """No engine answers, or it stopped answering: for us to mend, never the student's fault.

    Its text is the problem and, where one is known, the remedy; both are to be had alone as well.
    """

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem}\n{remedy}" if remedy else problem)
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True)
class EngineFacts:
    """What an engine says of itself, read at one moment."""

    where: str
    version: str
    cgroup: str
    cores: int
    memory: int
    storage: str
    """The engine's own folder: a path of this machine only where the engine runs on it."""
    tags: frozenset[str]
    containers: tuple[str, ...]
    """Names of the containers that carry our label, running or not."""


def engine_address() -> str:
    """Return where the engine is looked for: DOCKER_HOST, the docker context, or the socket."""
    if host := os.environ.get("DOCKER_HOST"):
        return host
    # Docker Desktop and colima put their socket into a context, which the SDK does not follow.
    from docker.context import ContextAPI  # noqa: PLC0415 - see the contract above

    try:
        return str(ContextAPI.get_current_context().Host or SOCKET)
    except Exception:  # noqa: BLE001 - a broken context file must not hide a working socket
        return SOCKET


def connect(timeout: int = 60) -> DockerClient:
    """Return a client of the engine, which has answered; or raise EngineError.

    `timeout` is how many seconds any one answer may take.
    """
    from docker import DockerClient  # noqa: PLC0415 - see the contract above
    from docker.errors import DockerException  # noqa: PLC0415
    from requests.exceptions import RequestException  # noqa: PLC0415

    where = engine_address()
    try:
        _knock(where)
        if os.environ.get("DOCKER_HOST"):
            client = DockerClient.from_env(timeout=timeout, use_ssh_client=True)
        else:
            client = DockerClient(base_url=where, timeout=timeout, use_ssh_client=True)
        client.ping()
    except (DockerException, RequestException, OSError, ValueError) as error:
        raise _no_answer(where, error) from error
    return client


def _knock(where: str) -> None:
    """Raise OSError if nobody listens at a local socket (the SDK would leave its own open)."""
    if where.startswith("unix://"):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(where.removeprefix("unix://"))


def read_engine(timeout: int = 10) -> EngineFacts:
    """Return what the engine says of itself; raise EngineError if it says nothing."""
    from docker.errors import DockerException  # noqa: PLC0415 - see the contract above
    from requests.exceptions import RequestException  # noqa: PLC0415

    client = connect(timeout)
    try:
        info = client.info()
        images = client.api.images()
        containers = client.api.containers(all=True, filters={"label": CONTAINER_LABEL})
    except (DockerException, RequestException, OSError) as error:
        raise _no_answer(engine_address(), error) from error
    finally:
        client.close()
    return EngineFacts(
        where=engine_address(),
        version=str(info.get("ServerVersion", "?")),
        cgroup=str(info.get("CgroupVersion", "?")),
        cores=int(info.get("NCPU", 0)),
        memory=int(info.get("MemTotal", 0)),
        storage=str(info.get("DockerRootDir", "")),
        tags=frozenset(tag for image in images for tag in image.get("RepoTags") or ()),
        containers=tuple(sorted(each["Names"][0].lstrip("/") for each in containers)),
    )


def _no_answer(where: str, error: Exception) -> EngineError:
    """Say why nobody answers, and what to do, in the words of whoever has to do it."""
    if isinstance(error, PermissionError):
        return EngineError(
            f"the Docker engine at {where} is closed to you",
            "sudo usermod -aG docker $USER, then log out and in again",
        )
    if os.environ.get("DOCKER_HOST"):
        return EngineError(
            f"no Docker engine answers at DOCKER_HOST={where}", "start it, or unset DOCKER_HOST"
        )
    usual = isinstance(error, FileNotFoundError | ConnectionRefusedError)
    why = "" if usual else f" ({error})"
    return EngineError(f"no Docker engine answers at {where}{why}", setup_command())
