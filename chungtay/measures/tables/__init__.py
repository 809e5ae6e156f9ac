"""Tables too large for memory: read, checked and grouped by an engine, measured by the rulebook.

Only the process of the command imports what stands here; a web worker never does.
"""
