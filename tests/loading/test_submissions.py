"""Submissions are found in the three layouts; what fits none is explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.core.model import Course
from grader.loading.errors import LoadError
from grader.loading.submissions import find_submissions

KNOWN = ["chat", "udp_echo"]


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir(exist_ok=True)
        else:
            path.write_text("x")


def find(path: Path | None, assignment: str | None = None) -> list[tuple[str, str, str]]:
    found = find_submissions(path, assignment, Course(), KNOWN)
    return [(name, student, where.name) for name, student, where in found]


def error(path: Path, assignment: str | None = None) -> LoadError:
    with pytest.raises(LoadError) as caught:
        find(path, assignment)
    return caught.value


def test_a_tree_of_assignments(tmp_path: Path) -> None:
    write(tmp_path, "chat/bob/server.py", "chat/alice/src/server.py", "udp_echo/bob/x.docx")
    write(tmp_path, "README.md", "grades.csv", ".git/x", "_old/x/y.py", "chat/README.md")
    write(tmp_path, "chat/.hidden/x.py", "chat/nobody/", "reports/")
    assert find(tmp_path) == [
        ("chat", "alice", "alice"),
        ("chat", "bob", "bob"),
        ("chat", "nobody", "nobody"),
        ("udp_echo", "bob", "bob"),
    ]


def test_without_a_path_the_course_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "submissions/chat/bob/server.py")
    monkeypatch.chdir(tmp_path)
    assert find(None) == [("chat", "bob", "bob")]
    assert find(None, "chat") == [("chat", "bob", "bob")]


def test_students_of_an_assignment_that_is_named(tmp_path: Path) -> None:
    write(tmp_path, "week3/bob/server.py", "week3/alice/src/server.py", "week3/notes.txt")
    assert find(tmp_path / "week3", "chat") == [("chat", "alice", "alice"), ("chat", "bob", "bob")]


def test_a_tree_with_an_assignment_named_gives_that_one(tmp_path: Path) -> None:
    write(tmp_path, "chat/bob/server.py", "udp_echo/eve/server.py", "other/x/y.py")
    assert find(tmp_path, "udp_echo") == [("udp_echo", "eve", "eve")]


@pytest.mark.parametrize(
    "files",
    [
        ["server.py"],
        ["server.py", "static/x.html", "chat/helper.py"],
        ["src/server.py", "docs/report.pdf"],
        ["server/main.c", "client/main.c"],
        ["Makefile", "lib/x.txt"],
        ["report.docx"],
        ["work.zip", "report.docx"],
    ],
)
def test_one_submissions_folder(tmp_path: Path, files: list[str]) -> None:
    write(tmp_path / "chat" / "alice", *files)
    assert find(tmp_path / "chat" / "alice", "chat") == [("chat", "alice", "alice")]
    assert find(tmp_path / "chat" / "alice") == [("chat", "alice", "alice")]


def test_the_folder_of_an_assignment_by_itself(tmp_path: Path) -> None:
    write(tmp_path, "chat/alice/server.py", "chat/bob/server.py")
    assert find(tmp_path / "chat") == [("chat", "alice", "alice"), ("chat", "bob", "bob")]


def test_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "mine/server.py")
    monkeypatch.chdir(tmp_path / "mine")
    assert find(Path(), "chat") == [("chat", "mine", "mine")]


def test_a_single_file_or_archive(tmp_path: Path) -> None:
    write(tmp_path, "chat/alice/server.py", "bob.tar.gz")
    assert find(tmp_path / "chat/alice/server.py", "chat") == [("chat", "alice", "server.py")]
    assert find(tmp_path / "chat/alice/server.py") == [("chat", "alice", "server.py")]
    assert find(tmp_path / "bob.tar.gz", "chat") == [("chat", "bob", "bob.tar.gz")]


def test_an_archive_may_stand_for_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "chat/alice.zip", "chat/alice/server.py", "chat/bob.tgz", "chat/eve.rar")
    assert find(tmp_path) == [
        ("chat", "alice", "alice"),
        ("chat", "alice.zip", "alice.zip"),
        ("chat", "bob", "bob.tgz"),
    ]
    write(tmp_path / "zips", "a.zip", "b.zip")
    assert [student for _, student, _ in find(tmp_path / "zips", "chat")] == ["a", "b"]


def test_odd_names_of_students_stay_apart(tmp_path: Path) -> None:
    write(tmp_path, "chat/-x\n😀/server.py", "chat/caf%E9/server.py", "chat/" + "n" * 200 + "/x.py")
    (tmp_path / "chat" / "caf\udce9").mkdir()
    students = [student for _, student, _ in find(tmp_path)]
    assert students == ["-x\n😀", "caf%E9", "caf%E9_", "n" * 200]


def test_a_link_in_the_place_of_a_student_is_not_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "chat/alice/server.py")
    (tmp_path / "chat" / "bob").symlink_to("alice")
    (tmp_path / "chat" / "eve").symlink_to("nowhere")
    assert [student for _, student, _ in find(tmp_path)] == ["alice", "bob", "eve"]


def test_a_link_to_the_tree_is_fine(tmp_path: Path) -> None:
    write(tmp_path, "real/chat/alice/server.py")
    (tmp_path / "link").symlink_to("real")
    assert find(tmp_path / "link") == [("chat", "alice", "alice")]


def test_no_such_path(tmp_path: Path) -> None:
    write(tmp_path, "submissions/")
    found = error(tmp_path / "submisions")
    assert found.message == "no such file or folder"
    assert found.suggestion == 'did you mean "submissions"?'
    assert str(found).startswith(str(tmp_path / "submisions"))
    assert error(tmp_path / "a" / "b").suggestion == ""


def test_an_empty_folder(tmp_path: Path) -> None:
    for assignment in (None, "chat"):
        found = error(tmp_path, assignment)
        assert found.message == "the folder is empty"
        assert "chat/<student>/files" in found.suggestion
    write(tmp_path, "chat/")
    assert error(tmp_path).message == "no submission is in it"


def test_a_folder_that_fits_no_layout(tmp_path: Path) -> None:
    write(tmp_path, "alice/server.py", "bob/server.py")
    found = error(tmp_path)
    assert found.message == "no folder in it is named after an assignment"
    assert "-a" in found.suggestion
    assert "known are chat, udp_echo" in found.suggestion
    write(tmp_path, "chatt/alice/server.py")
    assert 'did you mean "chat"?' in error(tmp_path).suggestion
    write(tmp_path, "x.py")
    assert "does not say which assignment" in error(tmp_path / "x.py").message


def test_a_folder_that_is_no_assignments_is_not_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "chat/alice/server.py", "udp_ecko/bob/server.py")
    found = error(tmp_path)
    assert found.message == 'the folder "udp_ecko" is no assignment\'s'
    assert 'did you mean "udp_echo"?' in found.suggestion
    assert "begins with _" in found.suggestion


def test_an_assignment_nobody_knows(tmp_path: Path) -> None:
    found = error(tmp_path, "caht")
    assert found.message == 'no assignment is called "caht"'
    assert found.suggestion == 'did you mean "chat"?'
    assert error(tmp_path, "zzz").suggestion == "known are chat, udp_echo"


def test_a_path_no_system_takes(tmp_path: Path) -> None:
    assert error(tmp_path / ("x" * 300)).message in {
        "no such file or folder",
        "cannot be read: File name too long",
    }
