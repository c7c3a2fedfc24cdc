"""Results are kept whole or not at all, and found again only while they still fit."""

from __future__ import annotations

import json
import os
from pathlib import Path

import msgspec
import pytest

from grader.core.model import CheckResult, Result
from grader.run.store import Store, StoreError, write_atomically


def result(student: str = "alice", key: str = "k", **changes: object) -> Result:
    check = CheckResult(
        id="echoes",
        program="server",
        title="Echoes",
        outcome="pass",
        points=15,
        max_points=15,
    )
    made = Result(
        assignment="chat",
        student=student,
        status="graded",
        score=85,
        max_score=100,
        seconds=0.9,
        checks=(check,),
        key=key,
    )
    return msgspec.structs.replace(made, **changes)


def test_a_result_file_has_the_shape_others_rely_on(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save(result())
    kept = json.loads((tmp_path / "results/chat/alice.json").read_text())
    assert list(kept)[:6] == ["schema", "assignment", "student", "status", "score", "max_score"]
    assert kept["schema"] == "grader/result/v1"
    assert kept["score"] == 85
    wanted = {"id", "program", "title", "outcome", "points", "max_points", "reason", "message"}
    assert wanted | {"hint", "transcript"} <= set(kept["checks"][0])


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save(result())
    assert store.load("chat", "alice") == result()
    assert list(store.all()) == [result()]


def test_only_an_equal_key_and_a_score_spare_the_work(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save(result(key="new"))
    assert store.unchanged("chat", "alice", "new")
    assert store.unchanged("chat", "alice", "other") is None
    store.save(result(key="new", status="withheld", score=None))
    assert store.unchanged("chat", "alice", "new") is None


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b'{"schema": "other/v9"}', b"\xff\xfe"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    store = Store(tmp_path)
    path = store.result_path("chat", "alice")
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert store.load("chat", "alice") is None
    assert list(store.all()) == []


@pytest.mark.parametrize("student", ["../../etc", "a/b", "-rf", "a\nb", "🦊" * 60, ".hidden", "."])
def test_no_student_name_leaves_the_folder(tmp_path: Path, student: str) -> None:
    store = Store(tmp_path / "out")
    store.save(result(student))
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written == [store.result_path("chat", student)]
    assert written[0].parent == tmp_path / "out/results/chat"


def test_a_screenshot_lies_beside_its_result_as_long_as_the_result_names_it(
    tmp_path: Path,
) -> None:
    store = Store(tmp_path)
    for check in ("echoes", "other"):
        where = store.keep_picture("chat", "alice", check, b"png")
        assert where == f"results/chat/alice.{check}.png"
        assert (tmp_path / where).read_bytes() == b"png"
    shown = msgspec.structs.replace(result().checks[0], screenshot="results/chat/alice.echoes.png")
    store.save(result(checks=(shown,)))
    assert (tmp_path / "results/chat/alice.echoes.png").exists()
    store.save(result())
    assert not (tmp_path / "results/chat/alice.echoes.png").exists()
    assert (tmp_path / "results/chat/alice.other.png").exists()


@pytest.mark.parametrize("student", ["../../etc", "a/b", "a\nb", "🦊" * 60, "."])
def test_no_screenshot_leaves_the_folder(tmp_path: Path, student: str) -> None:
    store = Store(tmp_path / "out")
    store.keep_picture("chat", student, "echoes", b"png")
    (written,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert written.parent == tmp_path / "out/results/chat"


def test_a_write_that_fails_keeps_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    store.save(result())

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(StoreError, match="No space left on device"):
        store.save(result(score=0))
    monkeypatch.undo()
    assert store.load("chat", "alice") == result()
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        write_atomically(tmp_path / "taken" / "x.json", b"")
