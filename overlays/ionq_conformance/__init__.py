"""Does a server do what the document says, and what patch would make them agree?

May import: ionq_api, ionq_direct. The emulator is reached by its URL, as any other server.
"""
