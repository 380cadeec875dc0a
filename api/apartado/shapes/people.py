"""The shapes of functions/people/."""

from __future__ import annotations

from msgspec import UNSET, UnsetType, field

from apartado.shapes import BigInt, Duration, In, Integer, Json, Maybe, Out, Timestamp


class SignInIn(In):
    alias: str
    secret: Maybe[str] = UNSET
    language: Maybe[str] = UNSET
    device_name: Maybe[str] = UNSET
    invitation: Maybe[str] = UNSET
    device: Maybe[str] = UNSET


class SignInOut(Out, kw_only=True):
    alias: str
    token: str | UnsetType = UNSET
    """Absent where it went into the cookie."""
    recovery_secret: str | None
    is_operator: bool
    language: str
    expires_at: Timestamp
    server_time: Timestamp


class SignOutOut(Out):
    session_id: BigInt
    ended_at: Timestamp


class SignInWithIdentityIn(In):
    jwt: str
    alias: Maybe[str] = UNSET
    language: Maybe[str] = UNSET
    device_name: Maybe[str] = UNSET
    invitation: Maybe[str] = UNSET
    device: Maybe[str] = UNSET


class LinkIdentityIn(In):
    jwt: str


class LinkIdentityOut(Out):
    alias: str
    issuer: str
    subject: str
    linked_at: Timestamp


class UnlinkIdentityIn(In):
    alias: str
    issuer: str
    subject: str
    reason: str


class RotateSecretIn(In):
    secret: Maybe[str] = UNSET
    end_others: Maybe[bool] = UNSET


class RotateSecretOut(Out):
    alias: str
    recovery_secret: str | None
    sessions_ended: Integer
    server_time: Timestamp


class RotateSessionOut(Out, kw_only=True):
    session_id: BigInt
    token: str | UnsetType = UNSET
    """Absent where it went into the cookie."""
    expires_at: Timestamp
    server_time: Timestamp


class WhoAmIOut(Out):
    alias: str | None
    is_operator: bool
    language: str
    session_id: BigInt | None
    server_time: Timestamp
    display_name: str | None
    avatar: str | None
    show_name: bool | None


class StartPairingOut(Out):
    code: str
    expires_at: Timestamp
    server_time: Timestamp


class PairIn(In):
    code: str
    language: Maybe[str] = UNSET
    device_name: Maybe[str] = UNSET
    device: Maybe[str] = UNSET


class PairOut(Out, kw_only=True):
    alias: str
    token: str | UnsetType = UNSET
    """Absent where it went into the cookie."""
    is_operator: bool
    language: str
    expires_at: Timestamp
    server_time: Timestamp


class ListSessionsOut(Out):
    session_id: BigInt
    created_at: Timestamp
    last_seen_at: Timestamp
    expires_at: Timestamp
    current: bool
    language: str
    device_name: str | None
    server_time: Timestamp


class RevokeSessionIn(In):
    session: BigInt


class ChangeProfileIn(In):
    display_name: Maybe[str] = UNSET
    avatar: Maybe[str] = UNSET
    language: Maybe[str] = UNSET
    show_name: Maybe[bool] = UNSET


class ProfileOut(Out):
    alias: str
    display_name: str | None
    avatar: str | None
    language: str
    show_name: bool


class GrantOperatorIn(In):
    alias: str
    reason: Maybe[str] = UNSET


class MemberOut(Out):
    alias: str
    is_operator: bool


class ClaimOperatorIn(In):
    secret: str


class InviteMemberIn(In):
    ttl: Maybe[Duration] = UNSET
    reason: Maybe[str] = UNSET


class InviteMemberOut(Out):
    invitation: str
    expires_at: Timestamp
    server_time: Timestamp


class ChangeSettingsIn(In):
    registration: Maybe[str] = UNSET
    alias_limit: Maybe[Integer] = UNSET
    address_limit: Maybe[Integer] = UNSET
    command_limit: Maybe[Integer] = UNSET
    reason: Maybe[str] = UNSET


class SettingsOut(Out):
    registration: str
    alias_limit: Integer
    address_limit: Integer
    command_limit: Integer


class BarMemberIn(In):
    alias: str
    reason: str
    end: Maybe[bool] = UNSET


class BarMemberOut(Out):
    alias: str
    barred_at: Timestamp
    reservations: Integer
    entries: Integer
    promoted: Integer


class UnbarMemberOut(Out):
    alias: str
    promoted: Integer


class AnonymiseIn(In):
    alias: str
    reason: str


class AnonymiseOut(Out):
    alias: str
    reservations: Integer
    entries: Integer
    events: BigInt
    promoted: Integer


class GetMemberIn(In):
    alias: str


class GetMemberOut(Out):
    alias: str
    display_name: str | None
    language: str
    is_operator: bool
    class_: str | None = field(name="class")
    joined: Timestamp
    last_seen_at: Timestamp | None
    barred_at: Timestamp | None
    barred_reason: str | None
    reservations: Json
    entries: Json
    purchases: Json
    carts: Json
    identities: Json
    server_time: Timestamp
