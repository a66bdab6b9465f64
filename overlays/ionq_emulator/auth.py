"""API keys and who they belong to. Keys are hashed at once and never stored or shown.

May import: errors and ids.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ionq_emulator.errors import unauthorized
from ionq_emulator.ids import hex24, stable_uuid

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DEFAULT_API_KEY", "ApiKey", "Identity", "KeyRing"]

# What the fixture and the demonstration use. It opens nothing but an emulator.
DEFAULT_API_KEY = "emulator-key"


@dataclass(frozen=True, slots=True, repr=False)
class ApiKey:
    """A key the emulator knows, and whose it is.

    Attributes:
        key: The secret, as sent in `Authorization: apiKey <key>`.
        name: Shown by whoami; default: `Emulator key`.
        project: Keys with the same project name share jobs; default: a project of its own.
        user: Who submits; keys with the same user name have the same `submitter_id`.
        organization: Organization id, such as `com.example`; default: one of the project's own.
        admin: Whether the key may read the organization's usage.
    """

    key: str
    name: str = "Emulator key"
    project: str | None = None
    user: str | None = None
    organization: str | None = None
    admin: bool = True

    def __repr__(self) -> str:
        return f"ApiKey(name={self.name!r}, project={self.project!r}, user={self.user!r})"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is asking: everything about a key but the key."""

    key_id: str
    key_name: str
    project_id: str
    project_name: str
    submitter_id: str
    user_name: str
    organization_id: str
    admin: bool


class KeyRing:
    """Which keys are accepted.

    Args:
        keys: The only keys to accept; when empty, any non-empty key is accepted and is its own
            project.
    """

    def __init__(self, keys: Iterable[ApiKey | str] = ()) -> None:
        self._known = [ApiKey(key) if isinstance(key, str) else key for key in keys]
        if any(not known.key.strip() for known in self._known):
            raise ValueError("an API key must not be empty")
        self._identities: dict[str, Identity] = {}

    def identify(self, header: str | None) -> Identity:
        """Who an `Authorization` header belongs to.

        Raises:
            ApiError: 401, when it is missing, not of the form `apiKey <key>`, or unknown.
        """
        scheme, _, key = (header or "").strip().partition(" ")
        key = key.strip()
        if scheme.lower() != "apikey" or not key:
            raise unauthorized()
        return self.identity(key)

    def identity(self, key: str) -> Identity:
        """Who a key belongs to.

        Raises:
            ApiError: 401, when only given keys are accepted and this is none of them.
        """
        name = hex24("key", key)
        if name not in self._identities:
            self._identities[name] = _identity(self._find(key))
        return self._identities[name]

    def _find(self, key: str) -> ApiKey:
        if not self._known:
            return ApiKey(key)
        for known in self._known:
            if hmac.compare_digest(known.key.encode(), key.encode()):
                return known
        raise unauthorized()


def _identity(key: ApiKey) -> Identity:
    digest = hex24("key", key.key)
    project = key.project or f"Project {digest[:6]}"
    user = key.user or f"User {digest[:6]}"
    project_id = stable_uuid("project", key.project or digest)
    return Identity(
        key_id=stable_uuid("key", digest),
        key_name=key.name,
        project_id=project_id,
        project_name=project,
        submitter_id=hex24("user", key.user or digest),
        user_name=user,
        organization_id=key.organization or f"com.example.{project_id[:8]}",
        admin=key.admin,
    )
