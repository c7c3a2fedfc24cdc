"""What the keys of a spec and of `grade.yml` mean, the value makers and functions too.

Data for the reference pages and the JSON Schema; a test holds it to the model's fields.
"""

from __future__ import annotations

SPEC = {
    "assignment": "its name, the same as the file's without the ending",
    "title": "what reports call it; the assignment's name when not given",
    "programs": "the programs students hand in, by name",
    "deductions": "points taken for what honest programs do differently: see Deviations",
    "hidden_points": "points of checks that are left out here: a bundle for students says how many",
    "include": "files below the spec's folder whose `checks` and `rubric` are added behind its "
    "own, as `shared/quality.yml`",
    "checks": "what is looked at, from gentle to destructive",
    "rubric": "what people give points for: see The rubric",
}
ROW = {
    "id": "its name in the files that bring the points: lower-case letters, digits, `_`",
    "title": "what it is about, in the words of the student's report",
    "points": "what it is worth; a part of it may be given",
    "criteria": "what to look at, for who gives the points and who gets them",
    "extra_credit": "its points come on top of the full score, and more of them may be given",
}
PROGRAM = {
    "entry": "file-name patterns that tell the main file, whatever the case and the ending; "
    "`*<name>*` when not given",
    "listens": "the endpoint a server listens at, as `tcp/1060`",
    "connects": "the endpoint a client connects or sends to, as `udp/12000`",
    "loopback": "the assignment has it listen on this machine's own address: not noted then",
    "args": "command-line arguments each start has, unless `starts` gives others",
}
CHECK = {
    "id": "its name in results and in `needs`: lower-case letters, digits, `_`",
    "title": "what it is about, in the words of the student's report",
    "points": "what it is worth; 0 is a check that only others need",
    "program": "the program it is about; without, the only one in its steps, or the one that "
    "starts first",
    "steps": "the play: see Steps",
    "python": "instead of `steps`: `file.py:function`, a function beside the spec that plays the "
    "check: see Checks in Python",
    "builds": "instead of `steps`: this program is there and compiles",
    "needs": "checks that must pass first; otherwise this one is skipped and says so",
    "hint": "what to try when it fails, for the student",
    "visibility": "who sees it: `public`, `hidden` (graded, not shown), `after_due`",
    "let": "values by name, for `${name}`; one may use those before it",
    "cases": "runs of the same steps with other values, each with `let` and a `title`; the "
    "points are shared out evenly",
    "groups": "actors that are several clients at once, with their number: `{crowd: 5}`",
    "extra_credit": "its points come on top of the full score",
    "retries": "further attempts, for protocols that may lose data",
    "within": "seconds each of its steps may wait; a backstop, not a measure",
    "hide_expected": "do not show students what was expected",
    "files": "fixture files put beside the program",
}
CASE = {"title": "what is special about it", "let": "its values, beside the check's"}
MAKERS = {
    "random_text": "that many random lower-case letters",
    "random_bytes": "that many random bytes",
    "random_number": "`[1600, 1900]`: a random whole number from the one to the other",
    "repeat": "`[text, times]`: the text over and over",
    "hex": "bytes in hexadecimal, as `00 ff 0a`",
    "file": "the content of a fixture file",
}
FUNCTIONS = {
    "upper": "in upper case (ASCII letters)",
    "lower": "in lower case (ASCII letters)",
    "len": "its length in bytes",
    "reverse": "its bytes backwards",
}
COURSE = {
    "title": "what reports are headed with",
    "submissions": "the folder of hand-ins, `<assignment>/<student>/files`",
    "specs": "the folder of specs, one file an assignment",
    "rubric": "the file or folder with points given by hand; without, `rubric.csv` beside the "
    "submissions: see The rubric",
    "limits": "what a student's program may use",
    "packages": "Python packages that student programs may import beside Python's own: "
    "`{python: [numpy, requests==2.32.3]}`",
    "overrides": "entry files by program, for `assignment/student`: what cannot be told by itself",
}
LIMITS = {
    "memory": "MiB of memory, all processes of a program together",
    "cpus": "processors",
    "processes": "processes and threads",
    "open_files": "files and sockets open at once",
    "file_size": "MiB of a single file it writes",
    "disk": "MiB of all files it writes",
    "output": "MiB it prints",
    "build_seconds": "seconds for the compiler",
    "check_seconds": "seconds for one check, at the very most",
    "submission_files": "files in one hand-in",
    "submission_size": "MiB in one hand-in",
}
