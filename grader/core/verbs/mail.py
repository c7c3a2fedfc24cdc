"""Verbs of SMTP."""

from __future__ import annotations

import msgspec

from grader.agent.wire import raw
from grader.core import smtp
from grader.core.outcome import Verdict
from grader.core.stage import Stage
from grader.core.transcript import visible
from grader.core.verbs.blame import culprit, gone, hung_up
from grader.core.verbs.registry import DONE, Action, Done, Holds, Judgement, Role, verb

SHOWN = 72  # columns of a reply or a command in a message
KEPT = 2000  # bytes of what came that a report shows


@verb("gets reply", [Role.CLIENT], example="alice gets reply: 250", shorthand="code")
class GetsReply(Action, frozen=True):
    """Expect a reply of SMTP, of one line or several, with any text.

    code: the code, a class such as 5xx, or a list of them
    strict: what mail clients forgive (a bare LF, a code without a text) is a failure, as are bytes
    after the reply; without, it is noted
    or_close: a connection closed without any reply is accepted too
    within: seconds to wait at most, instead of the check's
    """

    code: int | str | list[int | str]
    strict: bool = False
    or_close: bool = False
    within: float | None = None

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Read what came so far."""
        tube = stage.tube(actor)
        data = bytes(tube.inbox)
        if tube.over and not data.strip(smtp.PADDING):
            if self.or_close:
                return culprit(stage, actor) or Holds()
            return self._after(stage, actor, hung_up(stage, actor, self._wanted, data))
        answer = smtp.reply(data, ended=tube.over)
        if isinstance(answer, smtp.Malformed):
            return self._malformed(stage, actor, answer, gone(stage, actor))
        if answer is None:
            return None
        if verdict := self._wrong(stage, actor, answer):
            return verdict
        return Holds() if self.strict and not tube.over else self._take(stage, actor, answer)

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Take a reply that lacks its line's end, or tell what is missing."""
        tube = stage.tube(actor)
        data, why = bytes(tube.inbox), gone(stage, actor) or why
        silent = not data.strip(smtp.PADDING)
        if silent and tube.over and self.or_close:
            return DONE
        answer = None if silent else smtp.reply(data, ended=True)
        if isinstance(answer, smtp.Reply):
            return self._wrong(stage, actor, answer) or self._take(stage, actor, answer)
        if failure := culprit(stage, actor, expected=self._wanted, received=data):
            return failure
        if isinstance(answer, smtp.Malformed):
            return self._malformed(stage, actor, answer, why)
        asked = _asked(stage, actor)
        did = f"did not answer {asked}" if asked else "sent no greeting"
        return Verdict("no_reply", f"your server {did} ({why})", self._wanted, b"", stage.stuck)

    @property
    def _codes(self) -> list[int | str]:
        return self.code if isinstance(self.code, list) else [self.code]

    @property
    def _wanted(self) -> bytes:
        return " or ".join(str(item) for item in self._codes).encode() + b" "

    @staticmethod
    def _take(stage: Stage, actor: str, answer: smtp.Reply) -> Done:
        tube = stage.tube(actor)
        for finding in answer.findings:
            stage.deviate(finding)
        del tube.inbox[: answer.used]
        tube.matched += 1
        return DONE

    def _wrong(self, stage: Stage, actor: str, answer: smtp.Reply) -> Verdict | None:
        data = bytes(stage.tube(actor).inbox)
        asked, wanted = _asked(stage, actor), self._wanted.decode().strip()
        if not any(_fits(item, answer.code) for item in self._codes):
            said = visible(f"{answer.code:03d} ".encode() + answer.text, SHOWN).strip()
            did = f"answered {said} to {asked}" if asked else f"greeted with {said}"
            message = f"your server {did}, expected {wanted}"
            return Verdict("wrong_code", message, self._wanted, data[:KEPT])
        if self.strict and answer.findings:
            return Verdict("not_smtp", f"your server {answer.findings[0]}", None, data[:KEPT])
        if self.strict and (extra := data[answer.used :]):
            message = f"your server sent {len(extra)} more byte{'s' * (len(extra) != 1)} than "
            message += f"one reply{f' to {asked}' if asked else ''} has"
            due = data[: answer.used]
            return Verdict("extra_reply", message, due, data[:KEPT], differs_at=answer.used)
        return None

    def _malformed(self, stage: Stage, actor: str, answer: smtp.Malformed, why: str) -> Verdict:
        data = bytes(stage.tube(actor).inbox)
        said = visible(data.lstrip(smtp.PADDING).split(b"\n")[0].rstrip(b"\r"), SHOWN)
        asked = _asked(stage, actor)
        where = f" in answer to {asked}" if asked else " as its greeting"
        message = f"your server {answer.problem}{where}: {said}" + (f" ({why})" if why else "")
        if not answer.cut:
            return Verdict("not_smtp", message, self._wanted, data[:KEPT])
        if failure := culprit(stage, actor, expected=self._wanted, received=data[:KEPT]):
            return failure
        return Verdict("partial_reply", message, self._wanted, data[:KEPT], stage.stuck)

    @staticmethod
    def _after(stage: Stage, actor: str, verdict: Verdict) -> Verdict:
        """Say what the connection was closed instead of."""
        asked = _asked(stage, actor)
        if not asked or verdict.reason not in {"closed_early", "reset"}:
            return verdict
        return msgspec.structs.replace(verdict, message=f"after {asked}, {verdict.message}")


def _asked(stage: Stage, actor: str) -> str:
    """Name the command that was sent last; empty before the first, when the greeting is due."""
    sent = b""
    for item in stage.transcript:
        if item.actor == actor and item.what == "connected":
            sent = b""
        elif item.actor == actor and item.what == "sent":
            sent += raw(item.data)
    line = smtp.last_line(sent)
    return "the dot that ends the message" if line == b"." else visible(line, SHOWN)


def _fits(wanted: int | str, code: int) -> bool:
    shown = str(wanted).lower()
    return shown == f"{code:03d}" or (shown.endswith("xx") and shown[0] == f"{code:03d}"[0])
