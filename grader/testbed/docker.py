"""A bench in Docker: a long-lived sidecar, and for each submission a sandbox beside it.

The sidecar owns a network namespace with nothing but loopback; the sandbox joins it, so a
student may use any port and no two benches ever meet. Neither container has a network, a
writable root or a capability that its agent does not need. All carry the label `grader`, with
the process that made them, so that a later run finds what a killed one left behind.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import requests
from docker import DockerClient
from docker.errors import APIError, DockerException, NotFound
from docker.types import LogConfig, Ulimit

from grader.agent import protocol as p
from grader.core.model import Limits
from grader.core.page import Browser
from grader.core.script import SIDECAR
from grader.resources import data_dir
from grader.testbed.bench import BROWSER, Bench, BenchError
from grader.testbed.browsers import CHROMIUM, NO_IMAGE, visit_command
from grader.testbed.engine import CONTAINER_LABEL as LABEL
from grader.testbed.local import agent_limits

CAPABILITIES = ["SETUID", "SETGID", "KILL", "SYS_PTRACE", "DAC_OVERRIDE"]
# The sidecar alone: it gives its own loopback device the addresses that student programs name.
SIDECAR_CAPABILITIES = [*CAPABILITIES, "NET_ADMIN"]
HOST_NAME = "lab"
# TIME_WAIT would keep the port of a server that closes first from its next start for a minute.
SYSCTLS = {"net.ipv4.tcp_max_tw_buckets": "0", "net.ipv4.ip_unprivileged_port_start": "0"}
TMPFS = "rw,exec,nosuid,nodev"
AGENT_PROCESSES = 8  # what the agent needs beside the student's
AGENT_MEMORY = 48  # MiB, likewise
SCRATCH = 16  # MiB of /tmp and of /dev/shm, each
# A browser runs no student's program, so the course's limits are not for it.
BROWSER_LIMITS = {"memory": 768, "processes": 256, "open_files": 1024, "file_size": 64}
BROWSER_SCRATCH = 64
ENGINE_FAULTS = (DockerException, requests.RequestException, OSError)


class ContainerPipe:
    """The pipe to the agent of a container, through the engine's attach stream."""

    def __init__(self, client: DockerClient, container: str) -> None:
        params = {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}
        attached: Any = client.api.attach_socket(container, params=params)
        self._attached = attached
        self._socket: socket.socket = getattr(attached, "_sock", attached)
        self._socket.settimeout(None)
        self._log = bytearray()

    def write(self, data: bytes) -> None:
        """Send all of it."""
        self._socket.sendall(data)

    def chunks(self) -> Iterator[bytes]:
        """Yield the agent's stdout; its stderr is kept as its log.

        The stream is framed: a byte for which of the two, three of padding, four of length.
        """
        try:
            while header := self._exactly(8):
                stream, size = struct.unpack(">BxxxL", header)
                data = self._exactly(size)
                if stream == 1:
                    yield data
                else:
                    self._log = (self._log + data)[-4000:]
        finally:
            self._attached.close()  # by its reader, never under its feet
            self._socket.close()

    def _exactly(self, size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            part = self._socket.recv(min(size - len(parts), 1 << 18))
            if not part:
                return b""
            parts += part
        return bytes(parts)

    def close(self) -> None:
        """End the stream."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def epitaph(self) -> str:
        """Return the last lines of its log."""
        return " / ".join(self._log.decode("utf-8", "replace").splitlines()[-3:])


class DockerBench(Bench):
    """A sidecar, and sandboxes as they are asked for."""

    def __init__(self, client: DockerClient, images: Mapping[str, str], limits: Limits) -> None:
        super().__init__()
        self._client, self._images = client, images
        self._sandboxes: dict[str, str] = {}
        self._containers: list[str] = []
        self._limits = limits
        self._sidecar = self._browser = ""
        self._names: tuple[str, ...] = ()
        self.browser = Browser(BROWSER if BROWSER in images else "", NO_IMAGE)
        self.visit = visit_command(CHROMIUM, python="python3", root="/opt/agent")
        self._open()

    def _open(self) -> None:
        self._sidecar = self._start(
            SIDECAR,
            self._images["sidecar"],
            self._limits,
            network_mode="none",
            hostname=HOST_NAME,
            extra_hosts=dict.fromkeys((HOST_NAME, *self._names), "127.0.0.1"),
            sysctls=SYSCTLS,
        )
        self._bring_references()

    def sandbox(self, image: str, limits: Limits) -> str:
        """Make a sandbox that shares the sidecar's network namespace."""
        if image not in self._sandboxes:
            name = f"sandbox-{image}"
            container = self._start(
                name, self._images[image], limits, network_mode=f"container:{self._sidecar}"
            )
            self._sandboxes[image] = name
            self._containers.append(container)
        return self._sandboxes[image]

    def _adopt(self, addresses: Sequence[str], names: Sequence[str]) -> p.Adopted:
        """Have the engine write the hosts file, which sidecar and sandbox share and neither may
        write: it does so once, as a sidecar is made.
        """
        if tuple(names) != self._names:
            self.close()
            self._names = tuple(names)
            self._open()
        return super()._adopt(addresses, ())

    def clear(self) -> None:
        """Remove the sandboxes."""
        for name in self._sandboxes.values():
            link = self.links.pop(name, None)
            if link:
                link.close()
        self._sandboxes.clear()
        while self._containers:
            self._remove(self._containers.pop())

    def revive(self) -> None:
        """Make a new sidecar."""
        self.close()
        self._adopted = ((), self._names)
        self._open()

    def close(self) -> None:
        """Remove all containers of this bench."""
        self.clear()
        for link in self.links.values():
            link.close()
        self.links.clear()
        for container in (self._browser, self._sidecar):
            if container:
                self._remove(container)
        self._sidecar = self._browser = ""

    # ------------------------------------------------------------------------------ inside

    def _open_browser(self) -> None:
        limits = msgspec.structs.replace(self._limits, **BROWSER_LIMITS)
        self._browser = self._start(
            BROWSER,
            self._images[BROWSER],
            limits,
            scratch=BROWSER_SCRATCH,
            network_mode=f"container:{self._sidecar}",
        )

    def _start(
        self, name: str, image: str, limits: Limits, scratch: int = SCRATCH, **options: Any
    ) -> str:
        memory = f"{limits.memory + AGENT_MEMORY}m"
        try:
            container = self._client.api.create_container(
                image,
                command=agent_limits(limits),
                stdin_open=True,
                labels={LABEL: str(os.getpid()), "grader.role": name},
                hostname=options.pop("hostname", None),
                host_config=self._client.api.create_host_config(
                    cap_drop=["ALL"],
                    cap_add=SIDECAR_CAPABILITIES if name == SIDECAR else CAPABILITIES,
                    security_opt=["no-new-privileges"],
                    read_only=True,
                    tmpfs={
                        "/work": f"{TMPFS},size={limits.disk}m,uid=1000,gid=1000,mode=755",
                        "/tmp": f"{TMPFS},size={scratch}m,mode=1777",  # noqa: S108 - in the container
                    },
                    shm_size=f"{scratch}m",
                    mem_limit=memory,
                    memswap_limit=memory,
                    nano_cpus=int(limits.cpus * 1e9),
                    pids_limit=limits.processes + AGENT_PROCESSES,
                    ulimits=[Ulimit(name="core", soft=0, hard=0)],
                    log_config=LogConfig(type="none"),
                    **options,
                ),
            )["Id"]
            pipe = ContainerPipe(self._client, container)
            self._client.api.start(container)
        except ENGINE_FAULTS as error:
            raise engine_error(error) from error
        try:
            self.join(name, pipe)
        except BaseException:
            self._remove(container)
            raise
        return str(container)

    def _remove(self, container: str) -> None:
        try:
            self._client.api.remove_container(container, force=True, v=True)
        except NotFound:
            pass
        except ENGINE_FAULTS:
            pass  # the engine is gone; the next run removes it by its label

    def _bring_references(self) -> None:
        root = data_dir("reference_impl")
        files = {
            path.relative_to(root).as_posix(): path.read_bytes().decode("latin-1")
            for path in sorted(root.rglob("*"))
            if path.is_file() and path.suffix in {".py", ".html", ".png"}
        }
        self.send(SIDECAR, p.Unpack(files))
        self.wait(SIDECAR, lambda event: isinstance(event, p.Unpacked), 30, "unpacking")
        self.send(SIDECAR, p.Snapshot())
        self.wait(SIDECAR, lambda event: isinstance(event, p.Unpacked), 30, "unpacking")


def engine_error(error: Exception) -> BenchError:
    """Translate an engine's fault into ours, at this one boundary."""
    detail = error.explanation if isinstance(error, APIError) else str(error)
    return BenchError("engine_lost", f"the Docker engine failed: {detail}")


def sweep(client: DockerClient) -> int:
    """Remove containers that a grader left behind which no longer runs; return how many."""
    removed = 0
    try:
        for container in client.api.containers(all=True, filters={"label": LABEL}):
            owner = container["Labels"].get(LABEL, "")
            if owner.isdigit() and _alive(int(owner)):
                continue
            try:
                client.api.remove_container(container["Id"], force=True, v=True)
                removed += 1
            except (NotFound, APIError):
                continue
    except ENGINE_FAULTS as error:
        raise engine_error(error) from error
    return removed


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
