"""Files that people write, turned into the model: specs, `grade.yml`, submissions.

Whatever is wrong with one is a `LoadError`, which names file, line, column and remedy.
"""

from grader.loading.course import find_course, load_course
from grader.loading.errors import LoadError, LoadErrors
from grader.loading.ledger import Given, Roll
from grader.loading.marks import MarkFile, read_marks
from grader.loading.spec import load_spec, load_specs
from grader.loading.submissions import find_submissions, load_submission, safe_name

__all__ = [
    "Given",
    "LoadError",
    "LoadErrors",
    "MarkFile",
    "Roll",
    "find_course",
    "find_submissions",
    "load_course",
    "load_spec",
    "load_specs",
    "load_submission",
    "read_marks",
    "safe_name",
]
