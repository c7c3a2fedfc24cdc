"""grader: grades network-programming assignments from outside, over real sockets."""

__version__ = "0.1.0"
