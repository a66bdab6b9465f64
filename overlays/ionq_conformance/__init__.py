"""Does a server keep to the document, does the client, and what patch would make them agree?

May import: ionq_api, ionq_direct. The emulator is reached by its URL, as any other server.
"""
