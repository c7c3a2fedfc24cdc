"""Starts one program: a pseudo-terminal, a clean environment, limits, another uid, exec.

Between fork and exec nothing but system calls happens. When exec fails the child writes the
errno's name into a pipe that a successful exec closes.
"""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import signal
import struct
import termios
from functools import cache

from grader.agent import linux
from grader.agent.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from grader.agent.protocol import Spawn

ACTOR_VARIABLE = "GRADER_ACTOR"  # by it even a daemonised child is known
LAST_WORDS = "/opt/lastwords.so"  # in the image for C: tells where a program crashed
_DISABLED = b"\0"
_EDITING_KEYS = ("VERASE", "VKILL", "VWERASE", "VREPRINT", "VEOL", "VEOL2", "VSTART", "VSTOP")
_KEPT_KEYS = {"VEOF": b"\x04", "VLNEXT": b"\x16"}


class Student(Record):
    """Whom programs run as; `uid` None: as ourselves."""

    uid: int | None = None
    dies_with_us: bool = False  # nobody else will end it when the agent is killed
    no_new_privileges: bool = False  # to be set: nobody has yet

    def hat(self) -> Hat:
        """What is made inside belongs to the student (we may not chown)."""
        return Hat(self.uid)


class Hat:
    """The student's rights for a while. (`contextlib` would cost 2 ms of every start.)"""

    def __init__(self, uid: int | None) -> None:
        self._uid = uid

    def __enter__(self) -> None:
        if self._uid is not None:
            os.setegid(self._uid)
            os.seteuid(self._uid)

    def __exit__(self, *_exc: object) -> None:
        if self._uid is not None:
            os.seteuid(0)
            os.setegid(0)


class Launch(Record):
    """How every program of this agent starts."""

    student: Student
    work: str
    limits: dict[str, int]


class Ends(Record):
    """Our ends of a started program."""

    pid: int
    keyboard: int  # -1: it has none
    out: int
    slave: int  # kept open: a program that closes its terminal leaves it usable; -1: none
    err: int
    failure: int  # an errno's name if exec fails, else nothing


def launch(how: Launch, spawn: Spawn) -> Ends:
    """Fork and exec; raises `OSError` if that much cannot be had."""
    opened: list[int] = []
    try:
        ends, theirs = _open_ends(how, opened, terminal=spawn.terminal)
        failure, report = _pipe(opened)
        if how.student.dies_with_us or how.student.no_new_privileges or _watched_over():
            linux.libc()
        plan = _Plan(how, spawn, theirs, report)
        pid = os.fork()
    except OSError:
        for fd in opened:
            os.close(fd)
        raise
    if pid == 0:
        _become(plan)
    for fd in (*theirs, report):
        if fd not in ends.values():
            os.close(fd)
    return Ends(pid=pid, failure=failure, **ends)


def _open_ends(
    how: Launch, opened: list[int], *, terminal: bool
) -> tuple[dict[str, int], tuple[int, int, int]]:
    with how.student.hat():
        err, err_w = _pipe(opened)
        if terminal:
            master, slave = os.openpty()
            opened += [master, slave]
            set_up_terminal(slave)
            ends = {"keyboard": master, "out": master, "slave": slave, "err": err}
            return ends, (slave, slave, err_w)
        out, out_w = _pipe(opened)
        nothing = os.open(os.devnull, os.O_RDONLY)
        opened.append(nothing)
    return {"keyboard": -1, "out": out, "slave": -1, "err": err}, (nothing, out_w, err_w)


def _pipe(opened: list[int]) -> tuple[int, int]:
    ends = os.pipe()
    opened += ends
    return ends


def set_up_terminal(slave: int) -> None:
    """Lines and Ctrl-D work; nothing is echoed, translated, edited or turned into signals."""
    iflag, _oflag, cflag, lflag, ispeed, ospeed, keys = termios.tcgetattr(slave)
    iflag &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.ISTRIP)
    lflag &= ~(termios.ECHO | termios.ECHONL | termios.ISIG)
    lflag |= termios.ICANON | termios.IEXTEN
    for name in _EDITING_KEYS:
        keys[getattr(termios, name)] = _DISABLED
    for name, key in _KEPT_KEYS.items():
        keys[getattr(termios, name)] = key
    new = [iflag, 0, cflag, lflag, ispeed, ospeed, keys]
    termios.tcsetattr(slave, termios.TCSANOW, new)
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))


def environment(how: Launch, spawn: Spawn) -> dict[str, str]:
    """All a program gets to see of its surroundings."""
    base = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": how.work,
        "USER": "student",
        "LOGNAME": "student",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
        "PYTHONFAULTHANDLER": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        # Built with -fsanitize=address: what we preload comes first, and a leak is no failure.
        "ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0",
        "LSAN_OPTIONS": "detect_leaks=0",
    }
    if _preloads():
        base["LD_PRELOAD"] = LAST_WORDS
    return {**base, **spawn.env, ACTOR_VARIABLE: spawn.actor}


@cache
def _watched_over() -> bool:
    """Whether the kernel lets nobody but a parent look into a process (Yama): `eu-stack`, which
    tells the line a program stands at, is a brother.
    """
    try:
        fd = os.open("/proc/sys/kernel/yama/ptrace_scope", os.O_RDONLY)
    except OSError:
        return False
    scope = os.read(fd, 8).strip()
    os.close(fd)
    return scope == b"1"


@cache
def _preloads() -> bool:
    return os.path.exists(LAST_WORDS)


class _Plan:
    """All the child needs, worked out before the fork."""

    def __init__(self, how: Launch, spawn: Spawn, stdio: tuple[int, int, int], report: int) -> None:
        self.how = how
        self.argv = spawn.argv
        self.cwd = os.path.join(how.work, spawn.cwd)
        self.environment = environment(how, spawn)
        self.stdio = stdio
        self.report = report
        self.parent = os.getpid()
        self.ignored = _ignored_signals()


@cache
def _ignored_signals() -> list[int]:
    """Those that exec would leave ignored; Python ignores some, whoever started us others."""
    signals = signal.valid_signals()
    return [number for number in signals if signal.getsignal(number) is signal.SIG_IGN]


def _become(plan: _Plan) -> None:
    """Turn this fork into the program; never returns."""
    try:
        os.setsid()
        for number, fd in enumerate(plan.stdio):
            os.dup2(fd, number)
        os.chdir(plan.cwd)
        os.umask(0o022)
        for number in plan.ignored:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        _set_limits(plan.how)
        _set_credentials(plan.how.student, plan.parent)
        os.execvpe(plan.argv[0], plan.argv, plan.environment)  # noqa: S606  # no shell on purpose
    except OSError as exc:
        os.write(plan.report, errno.errorcode.get(exc.errno or 0, str(exc)).encode())
    except BaseException as exc:  # noqa: BLE001  # this process must not become a second agent
        os.write(plan.report, type(exc).__name__.encode())
    finally:
        os._exit(127)


def _set_limits(how: Launch) -> None:
    for name, value in {"core": 0, **how.limits}.items():
        number = getattr(resource, "RLIMIT_" + name.upper())
        allowed = resource.getrlimit(number)[1]
        hard = value + 1 if name == "cpu" else value  # SIGXCPU first, then SIGKILL
        if allowed != resource.RLIM_INFINITY:
            hard = min(hard, allowed)
        resource.setrlimit(number, (min(value, hard), hard))
    _volunteer_for_the_oom_killer()


def _volunteer_for_the_oom_killer() -> None:
    """When memory runs out it is the program that goes, not the agent."""
    try:
        fd = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(fd, b"1000")
        os.close(fd)
    except OSError:
        return  # no /proc: no such score either


def _set_credentials(student: Student, parent: int) -> None:
    if student.uid is not None:
        os.setgroups([])
        os.setresgid(student.uid, student.uid, student.uid)
        os.setresuid(student.uid, student.uid, student.uid)
    if student.dies_with_us:  # the kernel forgets it when the uid changes: so after that
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(127)
    if student.no_new_privileges:
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    if _watched_over():
        linux.prctl(linux.PR_SET_PTRACER, linux.PR_SET_PTRACER_ANY)
