"""The pure core: what a spec is, how a check plays out, what it scores. No I/O, no clock."""
