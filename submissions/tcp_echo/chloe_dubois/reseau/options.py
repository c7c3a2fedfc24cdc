"""The options of both programs."""

import argparse

PORT = 12000
TAILLE = 4096


def lire_options(description):
    """Read --host and --port from the command line."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--host", default="localhost")
    parser.add_argument("-p", "--port", type=int, default=PORT)
    return parser.parse_args()
