"""Reports: results as people and programs read them. One file a format, each Result → text.

Whatever a student made (names, output, bytes on the wire) passes through `escape` here, and only
here. Nothing in this package reads or writes files.
"""
