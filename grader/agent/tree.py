"""Directory trees: remembering one, restoring it, and deleting whatever a program left behind.

Restoring compares and repairs only what differs, by inode change time, which a program cannot set
back. Deleting copes with any depth (sub-directories are moved up, not walked into) and with any
mode. Symbolic links are never followed.
"""

from __future__ import annotations

import errno
import os
import stat

from grader.agent.record import Record, field

_DEEPEST = 100  # directories within directories that are remembered


class Saved(Record):
    """A remembered file, directory or link."""

    kind: int  # stat.S_IFMT of its mode
    mode: int
    mark: tuple[int, ...]  # changes when the file does
    mtime: int = 0
    content: bytes = b""  # of a link: where it points
    children: dict[str, Saved] = field(default_factory=dict)

    def count(self) -> int:
        """How many things there are below this one."""
        return sum(1 + child.count() for child in self.children.values())


class Room:
    """How much more may be remembered."""

    def __init__(self, size: int) -> None:
        self._left = size

    def take(self, size: int) -> None:
        """Use some; raises EFBIG when there is none left."""
        self._left -= size
        if self._left < 0:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))


def save(path: str, room: Room, depth: int = 0) -> Saved:
    """Remember what is at `path`, within bounds."""
    if depth > _DEEPEST:
        raise OSError(errno.ENAMETOOLONG, "directories within directories", path)
    found = os.lstat(path)
    kind, mode = stat.S_IFMT(found.st_mode), stat.S_IMODE(found.st_mode)
    content = b""
    children: dict[str, Saved] = {}
    if kind == stat.S_IFREG:
        room.take(found.st_size)
        content = _contents(path)
    elif kind == stat.S_IFLNK:
        content = os.fsencode(os.readlink(path))
    elif kind == stat.S_IFDIR:
        names = sorted(os.listdir(path))
        children = {name: save(os.path.join(path, name), room, depth + 1) for name in names}
    return Saved(kind, mode, _mark(found), found.st_mtime_ns, content, children)


def restore(path: str, saved: Saved) -> Saved:
    """Make what is at `path` what it was; returns how to remember it from now on."""
    now = _look(path)
    if saved.kind == stat.S_IFDIR:
        _restore_directory(path, saved, now)
        return saved
    if now is not None and _mark(now) == saved.mark:
        return saved
    if now is not None:
        remove(path)
    if saved.kind == stat.S_IFREG:
        write(path, saved.content, saved.mode)
        os.utime(path, ns=(saved.mtime, saved.mtime))
    elif saved.kind == stat.S_IFLNK:
        os.symlink(saved.content, path)
    else:
        return saved  # a pipe or a socket is not worth making again
    return Saved(saved.kind, saved.mode, _mark(os.lstat(path)), saved.mtime, saved.content)


def write(path: str, content: bytes, mode: int) -> None:
    """Make a file; whatever has its name goes."""
    remove(path)
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(fd, view) :]
        os.fchmod(fd, mode)
    finally:
        os.close(fd)


def remove(path: str) -> None:
    """Delete what is at `path`, if anything is."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
    except OSError:
        if not os.path.isdir(path) or os.path.islink(path):
            raise
        empty(path)
        os.rmdir(path)


def empty(directory: str) -> None:
    """Delete all that is in a directory, as far as we may."""
    if os.stat(directory).st_uid == os.geteuid():  # of a scratch directory only the content is ours
        os.chmod(directory, stat.S_IRWXU)
    fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    kept: set[str] = set()
    try:
        while names := [name for name in os.listdir(fd) if name not in kept]:
            kept.update(name for name in names if not _remove_at(fd, name))
    finally:
        os.close(fd)


def _remove_at(fd: int, name: str) -> bool:
    try:
        if not _unlink(fd, name):
            _dissolve(fd, name)
    except OSError:
        return False
    return True


def _dissolve(fd: int, name: str) -> None:
    """Delete a directory; its sub-directories are moved up, to be deleted next."""
    os.chmod(name, 0o700, dir_fd=fd)
    inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=fd)
    try:
        for child in os.listdir(inner):
            if not _unlink(inner, child):
                _move_up(inner, child, fd)
    finally:
        os.close(inner)
    os.rmdir(name, dir_fd=fd)


def _move_up(inner: int, child: str, fd: int) -> None:
    os.chmod(child, 0o700, dir_fd=inner)  # a directory that is moved must be writable
    os.rename(child, f".{os.urandom(8).hex()}", src_dir_fd=inner, dst_dir_fd=fd)


def _unlink(fd: int, name: str) -> bool:
    """Delete anything but a directory; says whether it was none."""
    try:
        os.unlink(name, dir_fd=fd)
    except OSError:
        if not stat.S_ISDIR(os.lstat(name, dir_fd=fd).st_mode):
            raise
        return False
    return True


def _restore_directory(path: str, saved: Saved, now: os.stat_result | None) -> None:
    if now is None or not stat.S_ISDIR(now.st_mode):
        remove(path)
        os.mkdir(path)
    os.chmod(path, saved.mode | stat.S_IRWXU)
    for name in os.listdir(path):
        if name not in saved.children:
            remove(os.path.join(path, name))
    for name, child in saved.children.items():
        saved.children[name] = restore(os.path.join(path, name), child)
    os.chmod(path, saved.mode)


def _look(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except FileNotFoundError:
        return None


def _mark(found: os.stat_result) -> tuple[int, ...]:
    return (found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _contents(path: str) -> bytes:
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        chunks = []
        while chunk := os.read(fd, 1 << 20):
            chunks.append(chunk)
        return b"".join(chunks)
    finally:
        os.close(fd)
