"""`python -m grader.agent`: an agent on stdin and stdout, or with `--crew` what starts several.

The channel is moved to descriptors of its own at once; what anything else prints goes to stderr.
"""

from __future__ import annotations

import os
import sys

from grader.agent.options import USAGE, UsageError, parse


def main(argv: list[str]) -> int:
    """Run an agent; 2 for a command line that is not ours."""
    try:
        options = parse(argv)
    except UsageError as exc:
        sys.stderr.write(f"{exc}\n{USAGE}")
        return 2
    if not options.local and os.getpid() != 1:
        sys.stderr.write("without --local an agent ends every process it can: it must be PID 1\n")
        return 2
    if options.crew:
        from grader.agent.crew import serve  # noqa: PLC0415  # only where it is wanted

        serve(options.crew, main)
    os.closerange(3, 64)
    fds = _take_channel()
    isolated = False
    if options.isolate and sys.platform == "linux":
        from grader.agent.isolate import isolate  # noqa: PLC0415  # only where it is wanted

        isolated = isolate()
    from grader.agent.agent import Agent  # noqa: PLC0415  # after a wrong command line was told

    Agent(options, fds, isolated=isolated).run()
    return 0


def _take_channel() -> tuple[int, int]:
    commands, events = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0, inheritable=False)
    os.close(nothing)
    os.dup2(2, 1, inheritable=False)
    return commands, events


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
