"""`python -m ionq_emulator`: the command line. May import: command."""

from ionq_emulator.command import main

raise SystemExit(main())
