# @generated from openapi/v0.3.yaml: edits are lost
"""A client library for accessing IonQ quantum cloud, legacy"""

from .client import AuthenticatedClient, Client

__all__ = (
    "AuthenticatedClient",
    "Client",
)
