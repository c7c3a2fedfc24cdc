"""One submission is read, whatever it looks like; nothing it holds can stop the others."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from grader.core.model import Limits, Submission
from grader.loading.handin import load_submission


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def load(path: Path, limits: Limits | None = None) -> Submission:
    return load_submission(path, "chat", "alice", limits or Limits())


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def test_files_are_read_with_their_paths_and_x_bits(tmp_path: Path) -> None:
    write(tmp_path, {"server.py": b"1", "src/a b [1].c": b"2", "run.sh": b"3"})
    (tmp_path / "run.sh").chmod(0o755)
    submission = load(tmp_path)
    assert submission.files == {"run.sh": b"3", "server.py": b"1", "src/a b [1].c": b"2"}
    assert submission.executable == frozenset({"run.sh"})
    assert (submission.assignment, submission.student) == ("chat", "alice")
    assert (submission.problem, submission.notes) == ("", ())


def test_what_tools_leave_behind_is_no_part_of_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "server.py": b"1",
            ".git/config": b"x",
            "__MACOSX/._server.py": b"x",
            "__pycache__/server.cpython-311.pyc": b"x",
            "node_modules/a/b.js": b"x",
            ".venv/bin/python": b"x",
            "env/pyvenv.cfg": b"x",
            "env/lib/x.py": b"x",
            ".DS_Store": b"x",
            "expected.yml": b"x",
            "Server.class": b"x",
            "server": b"\x7fELF\x02",
        },
    )
    submission = load(tmp_path)
    assert list(submission.files) == ["server.py"]
    assert submission.notes == ()


def test_links_are_never_followed(tmp_path: Path) -> None:
    folder = write(tmp_path / "alice", {"server.py": b"1", "sub/x.py": b"2"})
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    for name, target in [
        ("out.py", "../secret"),
        ("abs.py", str(secret)),
        ("in.py", "server.py"),
        ("up", "sub/../../alice/sub"),
        ("broken", "nowhere"),
        ("loop", "loop"),
        ("self", "."),
    ]:
        (folder / name).symlink_to(target)
    submission = load(folder)
    assert list(submission.files) == ["server.py", "sub/x.py"]
    assert sorted(submission.notes) == [
        'left out: the link "abs.py" (it points outside the submission)',
        'left out: the link "broken" (links are not followed)',
        'left out: the link "in.py" (links are not followed)',
        'left out: the link "loop" (links are not followed)',
        'left out: the link "out.py" (it points outside the submission)',
        'left out: the link "self" (links are not followed)',
        'left out: the link "up" (links are not followed)',
    ]
    (tmp_path / "bob").symlink_to(folder)
    assert load(tmp_path / "bob").problem == ("the submission is a link: hand in the folder itself")


def test_special_files_are_left_out_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "server.py")
    write(tmp_path, {"client.py": b"1"})
    submission = load(tmp_path)
    assert list(submission.files) == ["client.py"]
    assert submission.notes == ('left out: "server.py" is no regular file',)
    assert load(tmp_path / "server.py").problem == '"server.py" is no regular file'


def test_ten_thousand_files_are_noticed_without_reading_them(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"{number}.py").touch()
    begun = time.monotonic()
    submission = load(tmp_path)
    assert time.monotonic() - begun < 2
    assert submission.files == {}
    assert submission.problem.startswith("more than 500 files were handed in: hand in only")


def test_too_much_is_refused_without_reading_it(tmp_path: Path) -> None:
    with (tmp_path / "core.py").open("wb") as file:
        file.truncate(1 << 40)
    assert load(tmp_path).problem.startswith("more than 20 MiB were handed in")
    (tmp_path / "core.py").unlink()
    write(tmp_path, {f"{n}.py": bytes(300_000) for n in range(4)})
    assert load(tmp_path, Limits(submission_size=1)).problem.startswith("more than 1 MiB")
    assert load(tmp_path, Limits(submission_size=2)).problem == ""


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, "nothing was handed in: there are no files"),
        ({".git/config": b""}, "nothing was handed in: there are no files"),
        (
            {"Server.class": b""},
            'only compiled files were handed in ("Server.class"): hand in the source code',
        ),
        ({"work.rar": b"x"}, '"work.rar" cannot be unpacked here: hand in a .zip or the files'),
        ({"work.zip": b"x"}, '"work.zip" is not a sound archive: it cannot be unpacked'),
        ({"work.zip": zipped(".git/x")}, "nothing was handed in: there are no files"),
    ],
)
def test_what_cannot_be_graded_says_why(
    tmp_path: Path, files: dict[str, bytes], problem: str
) -> None:
    folder = write(tmp_path / "alice", files)
    folder.mkdir(exist_ok=True)
    submission = load(folder)
    assert submission.problem == problem
    assert submission.files == {}


def test_a_folder_with_only_a_link_says_that_it_was_left_out(tmp_path: Path) -> None:
    (tmp_path / "server.py").symlink_to("/etc/passwd")
    assert load(tmp_path).problem == (
        "nothing was handed in: there are no files "
        '(left out: the link "server.py" (it points outside the submission))'
    )


def test_the_only_archive_is_unpacked_where_it_is(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"work.zip": zipped("w/server.py"), "report.docx": b"d"})
    submission = load(folder)
    assert submission.files == {"report.docx": b"d", "w/server.py": b"x"}
    assert submission.notes == ('unpacked from "work.zip"',)
    assert load(folder / "work.zip").files == {"w/server.py": b"x"}


def test_an_archive_beside_source_code_or_another_stays_packed(tmp_path: Path) -> None:
    packed = zipped("x.py")
    submission = load(write(tmp_path / "a", {"data.zip": packed, "server.py": b"1"}))
    assert submission.files == {"data.zip": packed, "server.py": b"1"}
    assert set(load(write(tmp_path / "b", {"1.zip": packed, "2.zip": packed})).files) == {
        "1.zip",
        "2.zip",
    }


def test_a_single_file_is_a_submission(tmp_path: Path) -> None:
    write(tmp_path, {"server.py": b"1"})
    assert load(tmp_path / "server.py").files == {"server.py": b"1"}
    assert load(tmp_path / "gone.py").problem.startswith("the submission cannot be read: No such")


@pytest.mark.parametrize("name", ["-rf.py", "line\nbreak.py", "😀.py", "x" * 250 + ".py", " .py"])
def test_odd_names_are_legal(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: b"1"})
    submission = load(tmp_path)
    assert submission.files == {name: b"1"}
    assert submission.notes == ()


def test_a_name_that_is_no_utf8_is_made_readable(tmp_path: Path) -> None:
    for raw in (b"caf\xe9.py", b"caf%E9.py"):
        with (tmp_path / os.fsdecode(raw)).open("wb") as file:
            file.write(raw)
    submission = load(tmp_path)
    assert submission.files == {"caf%E9.py": b"caf%E9.py", "_caf%E9.py": b"caf\xe9.py"}
    assert submission.notes == ('the file name "_caf%E9.py" was not UTF-8 and is read as shown',)


def test_folders_without_end_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, {"/".join(["d"] * 40) + "/x.py": b"1", "server.py": b"2"})
    submission = load(tmp_path)
    assert list(submission.files) == ["server.py"]
    assert "more than 30 deep" in submission.notes[0]


def test_a_file_that_may_not_be_read_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"server.py": b"1", "client.py": b"2"})
    really_open = os.open

    def guarded(path: str, flags: int) -> int:  # root may read everything: file modes won't do
        if path.endswith("client.py"):
            raise PermissionError(13, "Permission denied")
        return really_open(path, flags)

    monkeypatch.setattr(os, "open", guarded)
    submission = load(tmp_path)
    assert list(submission.files) == ["server.py"]
    assert submission.notes == ('left out: "client.py" cannot be read (Permission denied)',)


def test_notes_do_not_grow_without_end(tmp_path: Path) -> None:
    write(tmp_path, {"server.py": b"1"})
    for number in range(100):
        (tmp_path / f"link{number}").symlink_to("server.py")
    notes = load(tmp_path).notes
    assert len(notes) == 21
    assert notes[-1] == "more was left out in the same way"


def test_the_digest_is_that_of_paths_contents_and_x_bits(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"server.py": b"1", "b.py": b"2"})
    first = load(folder).digest
    assert load(write(tmp_path / "b", {"b.py": b"2", "server.py": b"1"})).digest == first
    assert load(write(tmp_path / "c", {"b.py": b"1", "server.py": b"2"})).digest != first
    assert load(write(tmp_path / "d", {"b.py2": b"", "server.py": b"1"})).digest != first
    (folder / "b.py").chmod(0o755)
    assert load(folder).digest != first
    (folder / "b.py").chmod(0o644)
    assert load(folder).digest == first
    assert load(tmp_path / "none").digest != load(write(tmp_path / "e", {".x/y": b""})).digest
