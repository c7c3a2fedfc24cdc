"""Mutants: programs made wrong on purpose, one small mistake each, as students make them.

Pure: the source text of a Python program comes in, changed sources go out; nothing is run. An
`@operator` knows one mistake of network code and finds every place for it in the syntax tree.
`make_mutants` asks them all, drops what does not compile or is there already, and gives every
mutant a name that stays the same while unrelated lines change.
"""

from grader.core.mutation.making import functions_of, make_mutants
from grader.core.mutation.model import Mutant
from grader.core.mutation.registry import OPERATORS, Operator

__all__ = ["OPERATORS", "Mutant", "Operator", "functions_of", "make_mutants"]
