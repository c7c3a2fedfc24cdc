"""A real browser's verbs, in a world where the test says what the browser saw."""

from __future__ import annotations

from typing import Any

import pytest

from grader.agent import protocol as p
from grader.core.page import Browser
from tests.core.script_world import PORT, World, blocked

VISIT = ("server starts", "visitor visits: /a.html")
HOST = f"http://127.0.0.1:{PORT}"
URL = f"{HOST}/a.html"
LOGO = f"{HOST}/img/logo.png"

ASKED = {"what": "asked", "url": URL}
ANSWERED = {"what": "answered", "url": URL, "status": 200, "phrase": "OK", "type": "text/html",
            "main": True}  # fmt: skip
GOT = {"what": "got", "url": URL, "size": 99}
DONE = {"what": "opened", "done": True}
WAITS = {"what": "opened", "done": False, "waiting": [URL]}


def lost(error: str, url: str = URL) -> dict[str, Any]:
    return {"what": "lost", "url": url, "error": f"net::{error}"}


def refused(error: str) -> dict[str, Any]:
    return {"what": "opened", "error": f"net::{error}", "done": True}


def shows(**facts: Any) -> dict[str, Any]:
    page = {"what": "shows", "title": "Test", "text": "Hello\n\nall", "type": "text/html"}
    return page | facts


def seen(*steps: str, **facts: Any) -> World:
    """A world in which the page was shown, with these facts."""
    world = World(*VISIT, *steps)
    world.shows("visitor", ASKED, ANSWERED, GOT, DONE, shows(**facts))
    if world.outcome == "waits":
        world.settles(blocked("accept"))
    return world


def went(*lines: dict[str, Any]) -> World:
    """A world in which the visit went like this, and then all settles."""
    world = World(*VISIT)
    world.shows("visitor", ASKED, *lines)
    if world.outcome == "waits":
        world.settles(blocked("accept"))
    return world


# ------------------------------------------------------------------------------------ visiting


def test_the_browser_goes_to_the_server_wherever_it_listens() -> None:
    world = World("server starts", "visitor visits: '/${word}.html'", by_hand="server")
    world.starts("server", 8080)
    world.settles()
    (spawn,) = [item for item in world.given(p.Spawn) if item.actor == "visitor"]
    word = world.word().decode()
    assert spawn.argv[:3] == ["{visit}", "--url", f"http://127.0.0.1:8080/{word}.html"]


def test_its_commands_go_to_the_browsers_agent() -> None:
    world = World(*VISIT)
    addressed = world.script._addressed([p.Spawn("visitor", []), p.Spawn("server", [])])
    assert [item.agent for item in addressed] == ["browser", "sandbox"]


def test_a_page_that_is_shown() -> None:
    world = went(ANSWERED, GOT, DONE, shows())
    assert world.outcome == "passes"
    assert world.notes == []


def test_as_long_as_the_browser_is_at_work_a_waiting_server_is_not_stuck() -> None:
    world = World(*VISIT)
    world.shows("visitor", ASKED, ends=False)
    world.time_passes(30, blocked("accept"))
    assert world.outcome == "waits"
    world.shows("visitor", ANSWERED, GOT, DONE, shows())
    assert world.outcome == "passes"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("ERR_EMPTY_RESPONSE", "closed the connection without sending anything"),
        ("ERR_CONNECTION_RESET", "reset the connection"),
        ("ERR_INVALID_HTTP_RESPONSE", "not an HTTP response"),
        ("ERR_CONNECTION_REFUSED", "refused the connection"),
        ("ERR_SOMETHING_NEW", "ERR_SOMETHING_NEW"),
    ],
)
def test_an_error_page_is_explained(error: str, told: str) -> None:
    world = went(lost(error), refused(error))
    assert world.outcome == "not_shown"
    assert told in world.verdict.message
    assert error in world.verdict.message


def test_a_crash_is_the_reason_rather_than_what_the_browser_saw_of_it() -> None:
    world = World(*VISIT)
    world.shows("visitor", ASKED, lost("ERR_EMPTY_RESPONSE"), refused("ERR_EMPTY_RESPONSE"))
    world.crashes("server")
    assert world.outcome == "waits"
    world.settles()
    assert world.outcome == "crashed"


def test_a_page_that_the_browser_would_save() -> None:
    answered = ANSWERED | {"type": "application/octet-stream"}
    world = went(answered, lost("ERR_ABORTED"), refused("ERR_ABORTED"))
    assert world.outcome == "not_shown"
    assert "its Content-Type is application/octet-stream" in world.verdict.message


def test_another_status() -> None:
    world = went(ANSWERED | {"status": 404, "phrase": "Not Found"}, GOT, DONE, shows())
    assert world.outcome == "wrong_status"
    assert "404 Not Found, it should be 2xx" in world.verdict.message
    world = World("server starts", "visitor visits: {path: /no, status: 404}")
    world.shows("visitor", ANSWERED | {"status": 404}, GOT, DONE, shows())
    assert world.outcome == "passes"


def test_a_page_that_never_ends() -> None:
    world = went(ANSWERED, WAITS, shows())
    assert world.outcome == "not_shown"
    assert "still loading after 15 seconds" in world.verdict.message
    world = went(WAITS)
    assert world.outcome == "not_shown"
    assert "waited 15 seconds and got no answer" in world.verdict.message
    world = went(ANSWERED, GOT, WAITS | {"waiting": []}, {"what": "hangs"})
    assert world.outcome == "not_shown"
    assert "a script of the page never ends" in world.verdict.message


def test_a_page_of_which_less_came_than_was_promised_is_shown_and_noted() -> None:
    world = went(ANSWERED, lost("ERR_CONTENT_LENGTH_MISMATCH"), DONE, shows())
    assert world.outcome == "passes"
    (note,) = world.notes
    assert "fewer bytes came than Content-Length says" in note


def test_a_part_that_never_comes_does_not_hide_the_page() -> None:
    world = went(ANSWERED, GOT, {"what": "asked", "url": LOGO}, WAITS, shows())
    assert world.outcome == "passes"


def test_a_browser_that_fails_is_our_fault() -> None:
    for line in ({"what": "broken", "error": "the browser ended"}, {"what": "asked", "url": URL}):
        world = went(line)
        assert world.outcome == "our_side_failed"
    world = World(*VISIT, by_hand="visitor")
    world.happens(p.CouldNot("visitor", "spawn", "ENOENT"), "browser")
    assert world.outcome == "our_side_failed"
    world = World(*VISIT)
    world.time_passes(70)
    assert world.outcome == "our_side_failed"


def test_without_a_browser_it_is_skipped_and_says_why() -> None:
    world = World(*VISIT, browser=Browser("", "no browser is here"))
    assert world.outcome == "no_tool"
    assert world.verdict.message == "not tried: no browser is here"
    assert not [item for item in world.given(p.Spawn) if item.actor == "visitor"]


def test_a_browser_of_somebodys_machine_need_not_work() -> None:
    borrowed = Browser("sidecar", borrowed=True)
    world = World(*VISIT, browser=borrowed)
    world.shows("visitor", {"what": "broken", "error": "it was installed by snap"})
    assert world.outcome == "no_tool"
    assert "it was installed by snap" in world.verdict.message
    world = World(*VISIT, browser=borrowed)  # it works, so what follows is worth knowing
    world.shows("visitor", ASKED, {"what": "broken", "error": "the page crashed"})
    assert world.outcome == "our_side_failed"


def test_what_the_browser_did_is_in_the_transcript_and_its_picture_is_not() -> None:
    world = went(
        ANSWERED, GOT, DONE, shows(title="Caf\u00e9"), {"what": "picture", "png": "x" * 99}
    )
    told = [(item.what, item.data) for item in world.stage.transcript if item.actor == "visitor"]
    assert ("asked for", "/a.html") in told
    assert ("shows", "Caf\u00e9".encode().decode("latin-1")) in told
    assert not any("xxx" in data for _, data in told)


# -------------------------------------------------------------------------------------- seeing


@pytest.mark.parametrize(
    ("step", "title", "outcome"),
    [
        ("visitor sees title: Test", "Test", "passes"),
        ("visitor sees title: Test", "Tester", "wrong_page"),
        ("visitor sees title: Test", "", "wrong_page"),
        ("visitor sees title: {contains: es}", "Test", "passes"),
        ('visitor sees title: {text: "a b", ignoring: [case, space]}', "A  B", "passes"),
        ("visitor sees title: Café", "Café", "passes"),
    ],
)
def test_the_title(step: str, title: str, outcome: str) -> None:
    assert seen(step, title=title).outcome == outcome


@pytest.mark.parametrize(
    ("step", "text", "outcome"),
    [
        ("visitor sees: Hello", "Well\nHello you", "passes"),
        ("visitor sees: Hello", "hello", "wrong_page"),
        ("visitor sees: {text: Hello, ignoring: case}", "hello", "passes"),
        ('visitor sees: {matches: "[0-9]+ visits"}', "so 17 visits", "passes"),
        ("visitor sees: Hello", "  \n", "wrong_page"),
    ],
)
def test_the_text(step: str, text: str, outcome: str) -> None:
    world = seen(step, text=text)
    assert world.outcome == outcome
    if not text.strip():
        assert "blank" in world.verdict.message


def test_html_that_is_called_plain_text_is_explained() -> None:
    world = seen("visitor sees title: Test", title="", type="text/plain", text="<title>Test")
    assert "taken for text/plain, not for HTML" in world.verdict.message


@pytest.mark.parametrize(
    ("lines", "shown", "told"),
    [
        ([], True, ""),
        ([lost("ERR_EMPTY_RESPONSE", LOGO)], False, "without sending anything"),
        ([], False, "still waits for the image logo.png"),
        (
            [{"what": "answered", "url": LOGO, "status": 404, "phrase": "No"},
             {"what": "got", "url": LOGO}],
            False,
            "it was answered 404 No",
        ),
        (
            [{"what": "answered", "url": LOGO, "status": 200, "type": "text/html"},
             {"what": "got", "url": LOGO}],
            False,
            "what came (text/html) is no image",
        ),
    ],
)  # fmt: skip
def test_an_image(lines: list[dict[str, Any]], told: str, *, shown: bool) -> None:
    world = World(*VISIT, "visitor sees image: logo.png")
    page = shows(images=[{"src": LOGO, "shown": shown}])
    world.shows("visitor", ASKED, ANSWERED, {"what": "asked", "url": LOGO}, *lines, GOT, DONE, page)
    if world.outcome == "waits":
        world.settles(blocked("accept"))
    assert world.outcome == ("passes" if shown else "wrong_page")
    if told:
        assert told in world.verdict.message


def test_an_image_that_is_not_on_the_page() -> None:
    world = seen("visitor sees image: logo.png", images=[{"src": f"{HOST}/x.png", "shown": True}])
    assert world.outcome == "wrong_page"
    assert "the page has no image logo.png" in world.verdict.message
