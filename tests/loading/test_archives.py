"""Archives are unpacked in memory: nothing escapes, nothing grows without end."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.model import Limits
from grader.loading.archives import unpack
from grader.loading.endings import ending_of, stem_of
from grader.loading.gathering import Gathering, Refused

MEMBERS = {"server.py": b"print(1)", "src/a b.c": b"int main;", "empty": b""}
Pack = Callable[[dict[str, bytes]], bytes]


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w:gz") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


PACKERS: dict[str, Pack] = {
    "x.zip": zipped,
    "x.tar": lambda members: tarred(members, "w"),
    "x.tar.gz": tarred,
    "x.TGZ": tarred,
    "x.tar.bz2": lambda members: tarred(members, "w:bz2"),
    "x.tar.xz": lambda members: tarred(members, "w:xz"),
}
each_kind = pytest.mark.parametrize(("name", "pack"), PACKERS.items(), ids=list(PACKERS))


def opened(name: str, data: bytes, limits: Limits | None = None) -> Gathering:
    gathering = Gathering(limits or Limits())
    unpack(name, data, gathering)
    return gathering


def refused(name: str, data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as caught:
        opened(name, data, limits)
    return str(caught.value)


@each_kind
def test_every_kind_gives_back_what_was_put_in(name: str, pack: Pack) -> None:
    assert opened(name, pack(MEMBERS)).files == MEMBERS


@each_kind
def test_nothing_gets_out_of_the_archive(name: str, pack: Pack) -> None:
    evil = {"../up.py": b"x", "/abs.py": b"x", "a/../../b.py": b"x", "C:\\x.py": b"x"}
    gathering = opened(name, pack({**evil, "..\\win.py": b"x", "ok.py": b"x"}))
    assert list(gathering.files) == ["ok.py"]
    assert len(gathering.notes) == 5
    assert all("points outside the archive" in note for note in gathering.notes)


@each_kind
def test_folders_without_end_are_left_out(name: str, pack: Pack) -> None:
    gathering = opened(name, pack({"d/" * 20 + "ok.py": b"x", "d/" * 31 + "deep.py": b"x"}))
    assert list(gathering.files) == ["d/" * 20 + "ok.py"]
    assert "more than 30 folders deep" in gathering.notes[0]


@each_kind
def test_a_bomb_is_refused_before_it_goes_off(name: str, pack: Pack) -> None:
    bomb = pack({"zeros": bytes(30 << 20)})
    assert "more than 20 MiB were handed in" in refused(name, bomb)


@each_kind
def test_too_many_files_are_refused(name: str, pack: Pack) -> None:
    many = pack({f"{n}.py": b"" for n in range(30)})
    assert "more than 20 files" in refused(name, many, Limits(submission_files=20))


@each_kind
def test_junk_and_compiled_files_are_left_out(name: str, pack: Pack) -> None:
    junk = {"__MACOSX/._a": b"x", ".git/config": b"x", "A.class": b"x", "d/.DS_Store": b"x"}
    assert opened(name, pack({**junk, "A.java": b"y"})).files == {"A.java": b"y"}


@each_kind
def test_a_broken_archive_is_refused(name: str, pack: Pack) -> None:
    data = pack({"a.py": bytes(range(256)) * 99})
    for broken in (b"", b"nonsense" * 100, data[: len(data) // 2]):
        if not (name == "x.tar" and broken == b""):
            message = f'"{name}" is not a sound archive: it cannot be unpacked'
            assert refused(name, broken) == message


@given(st.sampled_from(sorted(PACKERS)), st.lists(st.tuples(st.integers(0), st.binary(max_size=4))))
def test_a_damaged_archive_is_unpacked_or_refused(
    name: str, damage: list[tuple[int, bytes]]
) -> None:
    data = bytearray(PACKERS[name](MEMBERS))
    for place, junk in damage:
        start = place % len(data)
        data[start : start + len(junk)] = junk
    try:
        opened(name, bytes(data))
    except Refused as refusal:
        told = str(refusal)
    else:
        told = "unpacked"
    assert told


def test_a_size_that_lies_does_not_help() -> None:
    data = bytearray(zipped({"zeros": bytes(30 << 20)}))
    for magic, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(magic) + offset
        data[at : at + 4] = struct.pack("<I", 10)
    assert "not a sound archive" in refused("x.zip", bytes(data), Limits(submission_size=1))


def test_links_are_left_out_and_told_of() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo("leak.py")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    gathering = opened("x.zip", file.getvalue())
    assert gathering.files == {}
    assert gathering.notes == ['left out: the link "leak.py" (links are not followed)']
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        for name, kind in [("s", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("f", tarfile.FIFOTYPE)]:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            tar.addfile(member)
    gathering = opened("x.tar", file.getvalue())
    assert gathering.files == {}
    assert gathering.notes == [
        'left out: the link "s"',
        'left out: the link "h"',
        'left out: the special file "f"',
    ]


def test_a_password_and_foreign_kinds_are_told_of() -> None:
    data = bytearray(zipped({"a.py": b"x"}))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + offset] |= 1
    assert "is protected by a password" in refused("x.zip", bytes(data))
    assert "cannot be unpacked here: hand in a .zip" in refused("work.rar", b"Rar!")


def test_the_x_bit_travels() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo("run.sh")
        info.external_attr = 0o100755 << 16
        archive.writestr(info, "x")
        archive.writestr("plain", "x")
    assert opened("x.zip", file.getvalue()).executable == {"run.sh"}


@pytest.mark.parametrize(
    ("name", "ending", "stem"),
    [
        ("a.zip", ".zip", "a"),
        ("A.B.TAR.GZ", ".tar.gz", "A.B"),
        ("a.tgz", ".tgz", "a"),
        ("a.gz", ".gz", "a"),
        ("a.rar", ".rar", "a"),
        ("zip", "", "zip"),
        ("a.py", "", "a.py"),
    ],
)
def test_archives_are_told_by_their_ending(name: str, ending: str, stem: str) -> None:
    assert (ending_of(name), stem_of(name)) == (ending, stem)
