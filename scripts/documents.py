"""Reading and writing documents, as the scripts know it. May import: ionq_conformance.spec."""

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
