"""Reading and writing documents, by the name the scripts know. May import: ionq_conformance.spec."""

from ionq_conformance.spec.documents import (
    HTTP_METHODS,
    JSON,
    DocumentError,
    dumps,
    load,
    load_openapi,
    parse,
)

__all__ = ["HTTP_METHODS", "JSON", "DocumentError", "dumps", "load", "load_openapi", "parse"]
