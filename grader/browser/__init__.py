"""Our program that visits a page with a real browser and tells what the browser saw.

It runs beside the browser, where the agent starts it like any other program, and prints one JSON
object a line (see `report`). Only the standard library is used. What a page says is the student's:
it is bounded here, and escaped by whoever shows it.
"""
