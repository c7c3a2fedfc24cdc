"""A failed check asks the program where it stands; the verdict does not depend on the answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.agent import protocol as p
from grader.core.model import Place
from grader.core.places.locating import WITNESS
from tests.core.script_world import World

SOURCE = b"from socket import *\ns = socket()\nconnection, address = s.accept()\n"
ACCEPTING = p.Blocked("server", 7, "accept", "listener:1060", forever=True)
DUMP = b"""Fatal Python error: Aborted

Current thread 0x00007f3d (most recent call first):
  File "/work/server.py", line 3 in <module>
"""


def stuck(language: str) -> World:
    """A server in a language waits in accept() when a reply is due."""
    world = World("server starts", "alice connects", "alice expects: HI", by_hand="Stop")
    launch = world.stage.launches["server"]
    world.stage.launches["server"] = replace(launch, language=language)
    world.stage.files = {"server.py": SOURCE, "server.c": SOURCE}
    world.starts("server", 1060)
    world.settles(ACCEPTING)
    return world


def test_python_is_aborted_and_its_faulthandler_read() -> None:
    world = stuck("python")
    assert world.given(p.Stop) == [p.Stop("server", 6)]
    assert world.outcome == "waits"
    world.prints("server", DUMP, "err")
    world.exits("server", signal=6)
    assert world.outcome == "no_reply"
    assert world.script.place == Place(
        file="server.py", line=3, function="module", text="connection, address = s.accept()"
    )


def test_the_dump_is_not_shown_as_the_programs_own_output() -> None:
    world = stuck("python")
    world.prints("server", DUMP, "err")
    world.exits("server", signal=6)
    assert world.stage.program("server").errors == b""
    assert world.stage.program("server").exited is None


def test_a_jvm_is_asked_for_a_thread_dump() -> None:
    world = stuck("java")
    assert world.given(p.Stop) == [p.Stop("server", 3)]
    world.prints("server", b"JNI global refs: 1\n")
    assert world.outcome == "no_reply"


def test_a_compiled_program_is_looked_at_from_beside() -> None:
    world = stuck("c")
    (spawn,) = [one for one in world.given(p.Spawn) if one.actor == WITNESS]
    world.prints(spawn.actor, b"TID 7:\n#0 0x1 accept\n#1 0x2 main\n    /work/server.c:3:1\n")
    world.exits(spawn.actor)
    assert world.script.place is not None
    assert world.script.place.line == 3


@pytest.mark.parametrize("language", ["python", "java"])
def test_who_does_not_answer_is_not_waited_for(language: str) -> None:
    world = stuck(language)
    world.time_passes(10)
    assert world.outcome == "no_reply"
    assert world.script.place is None


def test_a_machine_without_the_witness_loses_only_the_line() -> None:
    world = stuck("c")
    (spawn,) = [one for one in world.given(p.Spawn) if one.actor == WITNESS]
    world.happens(p.CouldNot(spawn.actor, "spawn", "ENOENT"))
    assert world.outcome == "no_reply"
    assert world.script.place is None


def test_a_traceback_tells_where_a_program_died() -> None:
    world = World("server starts", "alice connects", "alice expects: HI")
    world.stage.files = {"server.py": SOURCE}
    world.starts("server", 1060)
    world.prints(
        "server",
        b'Traceback (most recent call last):\n  File "/work/server.py", line 2, in <module>\n'
        b"    s = socket()\nOSError: no\n",
        "err",
    )
    world.exits("server", 1)
    world.ends("alice")
    world.time_passes(10)
    assert world.outcome == "crashed"
    assert world.script.place is not None
    assert world.script.place.line == 2


def test_a_check_that_passes_asks_nothing() -> None:
    world = World("server starts", "alice connects", "alice expects: HI")
    world.starts("server", 1060)
    world.hears("alice", b"HI")
    world.settles(ACCEPTING)
    assert world.outcome == "passes"
    assert not world.given(p.Stop)
