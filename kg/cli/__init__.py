"""The command line: a module a command, each a thin skin over the Python API."""
