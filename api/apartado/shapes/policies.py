"""The shapes of functions/policies/."""

from __future__ import annotations

from typing import cast

from msgspec import UNSET, Raw, field

from apartado.shapes import BigInt, In, Integer, Json, Maybe, Out, Timestamp


class SetPolicyIn(In):
    policy: str
    values: Json = cast(Raw, UNSET)  # in a union msgspec forgets that it is Raw
    item: Maybe[BigInt] = UNSET
    location: Maybe[str] = UNSET
    drop: Maybe[BigInt] = UNSET
    class_: Maybe[str] = field(name="class", default=UNSET)
    reason: Maybe[str] = UNSET


class SetPolicyOut(Out):
    policy: str
    values: Json
    governs: Integer
    members: Integer
    promoted: Integer
    server_time: Timestamp


class ListPoliciesOut(Out):
    policy: str
    values: Json
    items: Integer
    drops: Integer
    locations: Integer
    classes: Integer
    server_time: Timestamp


class ExplainPolicyIn(In):
    item: BigInt
    location: Maybe[str] = UNSET
    member: Maybe[str] = UNSET


class ExplainPolicyOut(Out):
    name: str
    value: Json | None
    source: str
    policy: str | None


class SetMemberClassIn(In):
    alias: str
    class_: str | None = field(name="class")
    reason: str


class SetMemberClassOut(Out):
    alias: str
    class_: str | None = field(name="class")
    server_time: Timestamp


class ListMemberClassesOut(Out):
    class_: str = field(name="class")
    policy: str | None
    members: Integer
    server_time: Timestamp
