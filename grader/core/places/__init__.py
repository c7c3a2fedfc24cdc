"""The line of a student's own source where a program stands or died.

Interpreters and debuggers tell where a program is in a dozen formats; `dumps` and `tracebacks`
read them into frames, `choosing` picks the one that a student should look at, and `locating`
asks the program for it once a check has failed. Only explanations are made from this, never a
verdict: a program can print whatever it likes.
"""

from grader.core.places.choosing import TAKES_LOCK, choose, complained_of
from grader.core.places.frames import Frame, Stack
from grader.core.places.locating import Locating

__all__ = ["TAKES_LOCK", "Frame", "Locating", "Stack", "choose", "complained_of"]
