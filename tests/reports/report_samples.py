"""Results to make reports of: a plain one, and pieces to build hostile ones from."""

from __future__ import annotations

from typing import Any

from grader.core.model import CheckResult, Exchange, Result
from grader.core.symptoms import explained

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "\x1b[31mred\x1b]0;title\x07",
    "\u202egnp.exe\u2066\u200b",
    "</details><script>alert(1)</script>",
    "````\n# heading\n```",
    "a | b | c\n|---|---|",
    "line\nbreak\r\n\ttab",
    "@everyone see #1, www.evil.example, mailto:a@b.example and https://evil.example/",
    "![x](http://evil.example/x.png) [y](javascript:alert(1)) <http://evil.example>",
    "[ref]: http://evil.example",
    "- [ ] task\n> quote\n1. one\n***\n___\n===\n---",
    "&lt;b&gt; &#60; \\*not\\* __bold__ ~~gone~~ $x$ :smile:",
    "👩‍💻 Zoë 日本語 e\u0301\u0301\u0301",
    "\x00\x85\u2028\ud800\udcff",
    "x" * 200,
    "   ",
    "",
)


def check(name: str, outcome: Any = "pass", max_points: float = 10, **fields: Any) -> CheckResult:
    """Return a check's result; passed ones have all their points."""
    values: dict[str, Any] = {
        "id": name,
        "program": "server",
        "title": f"The {name} check",
        "outcome": outcome,
        "points": max_points if outcome == "pass" else 0,
        "max_points": max_points,
        **fields,
    }
    return explained(CheckResult(**values))


def result(*checks: CheckResult, **fields: Any) -> Result:
    """Return a result; the score is the sum, unless something is an error."""
    withheld = any(item.outcome == "error" for item in checks)
    values: dict[str, Any] = {
        "assignment": "chat",
        "student": "alice",
        "status": "withheld" if withheld else "graded",
        "score": None if withheld else sum(item.points for item in checks),
        "max_score": sum(item.max_points for item in checks),
        "seconds": 1.5,
        "checks": checks,
        "title": "TCP chat that counts bytes",
        **fields,
    }
    values.setdefault("automatic", values["score"])
    return Result(**values)


def failed(name: str = "counts_bytes", **fields: Any) -> CheckResult:
    """Return a failed check with a whole story."""
    values: dict[str, Any] = {
        "reason": "wrong_reply",
        "message": "your server sent something else than expected, from byte 15 on",
        "expected": "Your data was 6 bytes",
        "received": "Your data was 5 bytes",
        "differs_at": 14,
        "hint": "Count the bytes you received, not the characters you decoded.",
        "stuck": "blocked in accept() while alice's connection is open",
        "output": "[server]\nListening",
        "transcript": (
            Exchange(0.0, "server", "started"),
            Exchange(0.031, "server", "listens", "tcp/1060"),
            Exchange(0.04, "alice", "connected", "port 1060"),
            Exchange(0.041, "alice", "sent", "na\xc3\xafve"),
            Exchange(0.0432, "alice", "received", "Your data was 5 bytes"),
        ),
        **fields,
    }
    return check(name, "fail", **values)


def hostile(text: str) -> Result:
    """Return a result with a text everywhere a student's text can get to."""
    latin = text.encode("utf-8", "surrogatepass").decode("latin-1")
    worst = failed(
        message=f"your server ended: it exited with status 1 ({text})",
        expected=latin,
        received=latin + "x",
        stuck=text,
        output=text,
        transcript=(
            Exchange(0.0, "server", "printed", latin),
            Exchange(0.1, "alice", "connected", "port 1060"),
            Exchange(0.2, "alice", "sent", latin),
            Exchange(0.3, "alice", "could not send", text),
        ),
    )
    skipped = check("next", "skip", reason="needs_failed", message=f"not tried because of: {text}")
    lost = check("lost", "error", reason="internal", message=text)
    return result(worst, skipped, lost, student=text, title=text, notes=(text,), build=text)
