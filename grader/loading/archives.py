"""Unpacks a submission's archive in memory: nothing is written, nothing can escape.

Only what it really contains counts, not what its directory says: reading stops at the limits.
Links, devices, absolute paths and `..` are left out with a note.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO, cast

from grader.loading.endings import FOREIGN, ending_of
from grader.loading.gathering import MAX_DEPTH, MIB, Gathering, Refused
from grader.loading.names import quoted

_TAR_OVERHEAD = 4096  # bytes of headers and padding for a file


def _gunzip(file: io.BytesIO) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(fileobj=file))


_OPENERS: dict[str, Callable[[io.BytesIO], IO[bytes]]] = {
    ".tar": lambda file: file,
    ".tar.gz": _gunzip,
    ".tgz": _gunzip,
    ".tar.bz2": bz2.BZ2File,
    ".tar.xz": lzma.LZMAFile,
}
_BROKEN = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    LookupError,
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
)


def unpack(name: str, data: bytes, gathering: Gathering) -> None:
    """Take all files of an archive; raises `Refused`."""
    ending = ending_of(name)
    if ending in FOREIGN:
        raise Refused(f"{quoted(name)} cannot be unpacked here: hand in a .zip or the files")
    try:
        if ending == ".zip":
            _unzip(name, data, gathering)
        else:
            _untar(data, ending, gathering)
    except _BROKEN:
        raise Refused(f"{quoted(name)} is not a sound archive: it cannot be unpacked") from None


def _unzip(name: str, data: bytes, gathering: Gathering) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            mode = info.external_attr >> 16
            path = _path(info.filename, gathering)
            if info.is_dir() or path is None:
                continue
            if stat.S_ISLNK(mode):
                gathering.note(f"left out: the link {quoted(path)} (links are not followed)")
                continue
            if info.flag_bits & 1:
                raise Refused(f"{quoted(name)} is protected by a password")
            gathering.announce(0)
            with archive.open(info) as file:
                content = file.read(gathering.room + 1)
            gathering.take(path, content, executable=bool(mode & 0o111))


def _untar(data: bytes, ending: str, gathering: Gathering) -> None:
    most = gathering.room + gathering.limits.submission_files * _TAR_OVERHEAD + MIB
    with _OPENERS[ending](io.BytesIO(data)) as opened:
        plain = opened.read(most + 1)
    if len(plain) > most:
        raise gathering.too_large()
    with tarfile.open(fileobj=io.BytesIO(plain), mode="r:") as archive:
        for member in archive:
            path = _path(member.name, gathering)
            if member.isdir() or path is None:
                continue
            if not member.isreg():
                kind = "link" if member.issym() or member.islnk() else "special file"
                gathering.note(f"left out: the {kind} {quoted(path)}")
                continue
            gathering.announce(member.size)
            file = archive.extractfile(member)
            content = file.read(gathering.room + 1) if file else b""
            gathering.take(path, content, executable=bool(member.mode & 0o111))


def _path(written: str, gathering: Gathering) -> str | None:
    """Return a member's path inside the submission; None if it has no place there."""
    name = written.replace("\\", "/").encode("utf-8", "replace").decode()
    pure = PurePosixPath(name)
    parts = pure.parts
    drive = bool(parts) and len(parts[0]) == 2 and parts[0][1] == ":"
    if pure.is_absolute() or ".." in parts or drive or "\0" in name:
        gathering.note(f"left out: {quoted(name)} (it points outside the archive)")
        return None
    if len(parts) > MAX_DEPTH:
        gathering.note(f"left out: {quoted(name)} (more than {MAX_DEPTH} folders deep)")
        return None
    path = "/".join(parts)
    return path if path and gathering.wanted(path) else None
