"""The command ``guozi``: a door like the web page, for analysts, auditors and tests.

Each command is one module of this package with two functions: ``configure(parser)`` declares its
arguments and ``run(arguments)`` answers with an exit code. A module is imported only when its
command is called, so that a command without a database starts without Django.

Exit codes: 0 done, 1 refused because of blocking findings, 2 wrong use, 3 no solution exists,
4 a defect (with a reference number).
"""

from guozi.cli._frame import COMMANDS, main

__all__ = ["COMMANDS", "main"]
