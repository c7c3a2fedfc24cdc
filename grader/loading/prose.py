"""What the reference page of the spec language says that no registry can."""

from __future__ import annotations

INTRO = """\
A spec is a short play: named actors say and expect bytes. One YAML file describes one assignment;
its name is the assignment's. This one could be called `shout.yml`:

```yaml
assignment: shout
title: TCP echo in upper case
programs:
  server: {entry: ["*server*"], listens: tcp/12000}
checks:
  - id: shouts_back
    title: Sends each message back in upper case
    points: 10
    hint: Change the text to upper case before you send it back.
    steps:
      - server starts
      - alice connects
      - alice sends: hello ${word}
      - alice expects: HELLO ${upper:word}
      - alice sees the end
```

YAML is read with the meaning of YAML 1.2: `no`, `on` and `12:30` are texts. Where a text is wanted,
`007` is the text 007. Put a text in quotes when it contains `: ` or ` #`, or starts with one of
``{ [ & * ! | > ' " % @ ` ``. `grade validate` names file, line, column and the nearest right word.
"""

STEPS = """\
A step is `actor verb: argument`. Actors named under `programs` are the student's; `source` is the
student's files; any other name is ours, and its first verb says what it is (`connects`, `opens`,
`listens`, `runs`, `relays`). Every check starts the student's programs afresh.

The argument is a value, or a mapping of the verb's options. A single value fills the option marked
**(value)**. Times are seconds, or written `50ms`, `2s`. `args` and `command` may be one text, which
is split into words as a shell does.

With `groups: {crowd: 5}` a step of `crowd` is done by five clients, `{n}` in its texts being the
number of each; `crowd backwards` goes through them in reverse, `crowd#3` is one of them. Connect a
crowd and use it backwards, or the listen backlog makes a server that serves one at a time pass.
"""

DEVIATING = """\
Honest programs differ from what was meant. Each of these is noted in the result and costs nothing,
unless the spec takes points for it, once for each submission: `deductions: {port: 5, reset: 1}`.
The score never falls below zero.
"""

VALUES = """\
`${word}` is a random word of six to ten letters, the same wherever it stands in one run of a check;
`${word2}`, `${word3}` … are others. Use one in every message, so that nobody can hard-code an
answer. `${name}` is a value from `let`, `${port}` the port the student's server uses. A function
is put in front: `${upper:word}`.
"""


WIRES = """\
UDP may lose datagrams, deliver them twice, late, or in another order; on one machine it hardly ever
does. A wire is a network of ours that does so on purpose. Our clients go *through* it to the
student's server, which sees each of them at an address of its own:

```yaml
- server starts
- wire relays: {to_server: {doubles: [1]}, to_client: {delays: [2]}}
- alice opens: {through: wire}
- alice sends: {messages: ["one ${word1}", "two ${word2}"]}
- alice expects: {each_of: ["ONE ${upper:word1}", "ONE ${upper:word1}", "TWO ${upper:word2}"]}
```

A server of ours stands *behind* it, and the student's client meets the wire in its place, at the
assignment's port and at those that its source names:

```yaml
- wire relays: {to_client: {delays: [1]}}
- partner runs: {reference: udp_echo/python/udp_echo_server.py, listens: udp/12000, through: wire}
- client starts
```

Datagrams are counted for each client and way by themselves. Name them (`[2, 5]`) in checks that
give points: that is fair, and easy to explain. A share (`0.3`) strikes by chance, for the first
1,000 datagrams of a client: the same ones whenever the seed is the same, which the report names
and `--seed` repeats.

Ask for nothing that the assignment does not: after a loss, a program that never promised to try
again may wait for ever. A check that loses data needs a `hint`, which says what a correct program
does then. While a wire holds a datagram, no program counts as stuck.
"""

RUBRIC = """\
What no machine can judge is a row of the rubric: people give its points. Until then a report shows
the row as open, and the score says how much is: `80 of 100 (20 by hand still open)`.

```yaml
rubric:
  - {id: modular, title: Well modularised, points: 4, criteria: One task a function; no copies.}
  - {id: cited, title: References are cited, points: 2}
```

`grade rubric template` writes a table to fill in, `grade rubric apply` (or `grade` again) puts its
points into results, reports and tables; nothing is graded again, and no file with points is ever
written over. Points are read from what `--rubric` names, else from what `rubric:` in `grade.yml`
names, else from `rubric.csv` beside the submissions (in `submissions/`, or in
`submissions/chat_room/`) and in the output folder. They may be:

- a *long* table with the columns `student,assignment,row,points,comment` and, if wanted, `grader`;
- a *wide* table with a line for each student and a column for each row, and its comments in a
  column `modular comment`, say;
- a file for each student, `chat_room/alice.yml` in the folder that was named, or beside the folder
  `alice` of the submissions:

```yaml
grader: mk
rubric:
  modular: 3.5
  cited: {points: 1, comment: Where is the picture on page 2 from?}
```

Tables may be delimited by `,`, `;` or tabs, and points written `3.5` or `3,5`. An empty cell says
nothing. A mistake (no such student or row, too many points, given twice) is told with file, line
and column before anything is graded. What was given is kept in the result. If a file is read again
and no longer gives a row, the row is open again; if it is gone altogether, what it gave stays.
"""

INCLUDED = """\
Checks and rows that several assignments share stand in a file below the folder of specs, with the
keys `checks` and `rubric`: `include: shared/quality.yml`. They come behind the spec's own, and
their ids must not be among its. Such a file includes no other.
"""

FILES = """\
`source` is the student's files. Steps of `source` run nothing: a check that has no others needs no
program that compiles. Python, C, C++ and Java are read by tokens (Pygments), so what a comment or a
string mentions is no use. A check worth 0 points that finds something passes, with a note as
advice.
"""
