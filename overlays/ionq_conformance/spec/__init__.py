"""What is between two editions of a contract, and what that means for who uses it.

May import: the standard library, ruamel.yaml and jsonpath-rfc9535; rich and griffe where they show
or compare something; nothing of `scripts`.
"""
