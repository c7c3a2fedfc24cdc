"""The testbed: where student programs run, in Docker or as child processes of this machine."""
