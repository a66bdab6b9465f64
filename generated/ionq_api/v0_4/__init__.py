# @generated from openapi/v0.4.yaml: edits are lost
"""A client library for accessing IonQ quantum cloud"""

from .client import AuthenticatedClient, Client

__all__ = (
    "AuthenticatedClient",
    "Client",
)
