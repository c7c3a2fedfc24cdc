"""The agent: one small stdlib-only program that touches sockets and processes for us.

It runs in the sidecar, in the sandbox and, for a self-check, as a child process. It decides
nothing: it carries out commands and reports what happened (see `protocol`).
"""
