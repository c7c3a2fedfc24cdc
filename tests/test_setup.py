"""Set-up from nothing: which way the scripts go, told by stubs in place of the real programs.

PATH holds stubs and a handful of plain tools only, so that nothing is installed or started here
and no engine of this machine is seen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "docker" / "setup-engine.sh"
# fmt: off
TOOLS = [
    "cat", "chmod", "cksum", "date", "dirname", "find", "grep", "id", "mkdir", "mktemp", "nohup",
    "rm", "sed", "setsid", "sh", "sleep", "tail", "tar", "timeout", "touch", "umount", "uname",
]
# fmt: on

ANSWERS = "exit 0"
NO_ENGINE = 'echo "Cannot connect to the Docker daemon" >&2; exit 1'
# Answers as soon as a dockerd was started, and has the base image once something was imported.
COMES_UP = """
case "$1" in
    version) [ -e "$STATE/up" ] ;;
    image) [ -e "$STATE/base" ] ;;
    pull) echo "lookup registry: no such host" >&2; exit 1 ;;
    import) cat >/dev/null; echo "$*" >"$STATE/base" ;;
esac
"""
MAKING = (
    "set-up: no registry answers: making debian:trixie-slim from Debian packages (half a minute)"
)
DOCKERD = 'touch "$STATE/up"; echo "$*" >>"$STATE/dockerd"; exec sleep 5'


@dataclass
class Machine:
    """A make-believe machine: what is on its PATH, and what its programs have done."""

    root: Path

    def __post_init__(self) -> None:
        for name in ("bin", "state", "log", "run", "tmp"):
            (self.root / name).mkdir()
        for tool in TOOLS:
            if found := shutil.which(tool):
                (self.root / "bin" / tool).symlink_to(found)

    @property
    def state(self) -> Path:
        """Where stubs leave traces."""
        return self.root / "state"

    def has(self, name: str, body: str) -> None:
        """Put a stub on PATH in place of whatever is there."""
        path = self.root / "bin" / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    def set_up(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the set-up of the engine here."""
        settings = {
            "PATH": str(self.root / "bin"),
            "STATE": str(self.state),
            "GRADER_LOG_DIR": str(self.root / "log"),
            "GRADER_RUN_DIR": str(self.root / "run"),
            "TMPDIR": str(self.root / "tmp"),
        }
        return subprocess.run(
            ["sh", str(SCRIPT)],
            env=settings | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    made.has("id", 'case "$1" in -u) echo 0 ;; *) echo root ;; esac')
    made.has("uname", "echo Linux")
    return made


def as_user(machine: Machine) -> None:
    machine.has("id", 'case "$1" in -u) echo 1234 ;; *) echo tess ;; esac')


def test_an_engine_that_answers_is_left_alone(machine: Machine) -> None:
    machine.has("docker", ANSWERS)
    machine.has("dockerd", 'touch "$STATE/started"')
    machine.has("apt-get", 'touch "$STATE/installed"')
    begin = time.monotonic()
    done = machine.set_up()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert time.monotonic() - begin < 2
    assert list(machine.state.iterdir()) == []
    assert list((machine.root / "tmp").iterdir()) == [], "no log is left over"


def test_without_root_it_says_what_to_do(machine: Machine) -> None:
    as_user(machine)
    machine.has("docker", NO_ENGINE)
    machine.has("apt-get", 'touch "$STATE/installed"')
    done = machine.set_up()
    assert done.returncode == 1
    assert "only root can" in done.stderr
    for way in (
        f"sudo sh {SCRIPT}",
        "usermod -aG docker",
        "/run/user/1234/podman",
        "--runner local",
    ):
        assert way in done.stderr
    assert list(machine.state.iterdir()) == []


def test_an_engine_of_ones_own_is_never_replaced(machine: Machine) -> None:
    machine.has("apt-get", 'touch "$STATE/installed"')
    done = machine.set_up(DOCKER_HOST="unix:///nobody/here.sock")
    assert done.returncode == 1
    assert "DOCKER_HOST=unix:///nobody/here.sock" in done.stderr
    assert list(machine.state.iterdir()) == []


def test_on_a_mac_it_names_the_programs(machine: Machine) -> None:
    machine.has("uname", "echo Darwin")
    machine.has("docker", NO_ENGINE)
    done = machine.set_up()
    assert done.returncode == 1
    assert "colima start" in done.stderr


def test_on_another_linux_it_says_so(machine: Machine) -> None:
    machine.has("docker", NO_ENGINE)
    done = machine.set_up()
    assert done.returncode == 1
    assert "not Debian or Ubuntu" in done.stderr


def test_root_on_debian_gets_an_engine_and_a_base_image(machine: Machine) -> None:
    machine.has("docker", COMES_UP)
    machine.has(
        "apt-get",
        f"""
echo "$*" >>"$STATE/apt"
case "$*" in
    *docker.io*) printf '#!/bin/sh\\n%s\\n' '{DOCKERD}' >"{machine.root}/bin/dockerd"
        chmod +x "{machine.root}/bin/dockerd" ;;
    *debootstrap*) printf '#!/bin/sh\\nmkdir -p "$3/usr/share/doc/a" "$3/proc"\\n' \\
        >"{machine.root}/bin/debootstrap"; chmod +x "{machine.root}/bin/debootstrap" ;;
esac
""",
    )
    (machine.root / "run" / "docker.pid").write_text("999999")
    done = machine.set_up()
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "set-up: installing Docker (docker.io)",
        "set-up: starting the Docker engine",
        "set-up: pulling debian:trixie-slim",
        "set-up: installing debootstrap",
        MAKING,
    ]
    assert (machine.state / "base").read_text() == "import - debian:trixie-slim\n"
    assert not (machine.root / "run" / "docker.pid").exists(), "a dead engine's pid file goes"
    assert list((machine.root / "tmp").iterdir()) == [], "nothing half-made is left over"


def test_an_engine_that_may_not_touch_the_firewall_starts_without(machine: Machine) -> None:
    machine.has("docker", COMES_UP)
    machine.has(
        "dockerd",
        f'case "$*" in "") echo "error initializing network controller: iptables"; exit 1 ;; esac\n'
        f"{DOCKERD}",
    )
    (machine.state / "base").touch()
    done = machine.set_up()
    assert done.returncode == 0, done.stderr
    assert (machine.state / "dockerd").read_text() == "--iptables=false --bridge=none\n"


def test_an_engine_that_does_not_start_shows_its_last_words(machine: Machine) -> None:
    machine.has("docker", NO_ENGINE)
    machine.has("dockerd", 'echo "no space left on device"; exit 1')
    done = machine.set_up()
    assert done.returncode == 1
    assert "no space left on device" in done.stderr
    assert str(machine.root / "log" / "grader-dockerd.log") in done.stderr


def test_without_registry_and_root_the_base_image_has_to_be_brought(machine: Machine) -> None:
    as_user(machine)
    machine.has("docker", COMES_UP)
    (machine.state / "up").touch()
    done = machine.set_up()
    assert done.returncode == 1
    assert "lookup registry: no such host" in done.stderr
    assert "docker load" in done.stderr
    [log] = (machine.root / "tmp").iterdir()
    assert str(log) in done.stderr, "after a failure the log stays, and its place is said"


def test_a_failed_bootstrap_says_why(machine: Machine) -> None:
    machine.has("docker", COMES_UP)
    machine.has("debootstrap", 'mkdir -p "$3/proc"; echo "E: no mirror answers" >&2; exit 1')
    (machine.state / "up").touch()
    done = machine.set_up()
    assert done.returncode == 1
    assert "can be neither pulled nor made" in done.stderr
    assert "E: no mirror answers" in done.stderr
    assert not (machine.state / "base").exists()
    assert not list((machine.root / "tmp").glob("grader-base.*"))


def test_a_python_that_is_too_old_is_refused_by_name(machine: Machine, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    (checkout / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "setup", checkout / "scripts")
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, checkout)
    machine.has("python3", "exit 1")
    done = subprocess.run(
        ["sh", str(checkout / "scripts" / "setup")],
        env={"PATH": str(machine.root / "bin")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "no Python 3.11 or newer" in done.stderr
    assert not (checkout / ".venv").exists()


def test_constraints_pin_every_direct_dependency_exactly() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(line.count("==") == 1 for line in pins)
    names = {line.split("==")[0].lower() for line in pins}
    wanted = {"click", "docker", "h11", "msgspec", "pyyaml", "rich", "pytest", "ruff", "mypy"}
    assert wanted <= names


@pytest.mark.parametrize("script", ["docker/setup-engine.sh", "scripts/setup", "scripts/test"])
def test_scripts_are_plain_sh(script: str) -> None:
    shell = shutil.which("dash") or "sh"
    environment = {"PATH": os.environ["PATH"]}
    subprocess.run([shell, "-n", str(ROOT / script)], check=True, env=environment)
