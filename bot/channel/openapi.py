"""The HTTP API described by OpenAPI 3.1, made of the models that read the calls and of the message schema."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from bot.channel import problems, requests
from bot.channel.message_schema import message_schema

Schema = dict[str, Any]

TITLES = {
    "NewConversation": "What a conversation may begin with.",
    "NewMessage": "What a person says.",
    "NewFeedback": "Whether an answer helped.",
    "Returning": "The phrase by which somebody comes back.",
}
WORDS = r"[^\s/\u0000-\u001f\u007f-\u009f]"
"""A text has at least one character that is more than a blank, a control character or a slash."""

ALWAYS = ("too_slow", "too_fast", "busy", "unavailable", "broken")
"""What may become of every call of a conversation."""

TIME = {"type": "string", "format": "date-time"}
MESSAGES = {"type": "array", "items": {"$ref": "#/components/schemas/Message"}}


def description(regions: Sequence[str], *, message_limit: int) -> Schema:
    """The whole description. `regions` are the codes that a call may name, in capitals."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Stridewell",
            "version": "1",
            "description": "Answers about back pain when walking for exercise. No medical diagnosis. See docs/http-api.md.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {**_conversation(), **_keepsakes(), **_service()},
        "components": {
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(regions, message_limit),
        },
    }


def _conversation() -> Schema:
    """The calls of a conversation."""
    session: list[Schema] = [{"session": []}]
    return {
        "/webhooks/web/sessions": {
            "post": _call(
                "open", "Begin a conversation", {201: "Opened"}, ("malformed", "unknown_region", "bad_language", "not_json"),
                body=requests.NewConversation, optional=True,
            ),
            "delete": _call("forget", "Forget a conversation", {204: None}, ("unauthorised",), security=session),
        },
        "/webhooks/web/messages": {
            "post": _call(
                "say", "Say something", {200: "Answer"},
                ("malformed", "bad_id", "empty_message", "unknown_region", "bad_time_zone", "unauthorised", "not_json"),
                body=requests.NewMessage, security=session,
            ),
            "get": _call(
                "transcript", "Read what was said", {200: "Transcript"},
                ("malformed", "unknown_message", "unauthorised"),
                security=session, parameters=_parameters(requests.WantedPage),
            ),
        },
        "/webhooks/web/feedback": {
            "post": _call(
                "feedback", "Say whether an answer helped", {204: None},
                ("malformed", "unknown_message", "unauthorised", "not_json"),
                body=requests.NewFeedback, security=session,
            ),
        },
    }  # fmt: skip


def _keepsakes() -> Schema:
    """The calls for what is taken along and brought back."""
    session: list[Schema] = [{"session": []}]
    name = {
        "name": "name",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": r"^[A-Za-z0-9-]+\.ics$"},
    }
    file = {
        "required": True,
        "content": {kind: {"schema": {"type": "string"}} for kind in ("text/csv", "application/json")},
    }
    loading = _call(
        "load",
        "Bring in a diary",
        {200: "Loaded"},
        ("unreadable_diary", "unreadable_diary_line", "unauthorised"),
        security=session,
    )
    return {
        "/webhooks/web/diary.csv": {"get": _saved("save_csv", "Save the diary as CSV", "text/csv")},
        "/webhooks/web/diary.json": {"get": _saved("save_json", "Save the diary as JSON", "application/json")},
        "/webhooks/web/diary": {"post": {**loading, "requestBody": file}},
        "/webhooks/web/calendar/{name}": {
            "get": {
                **_saved("calendar", "Save a walking plan for a calendar", "text/calendar", ("unknown_plan",)),
                "parameters": [name],
            }
        },
        "/webhooks/web/phrase": {
            "post": _call("phrase", "Get a pass-phrase", {201: "Phrase"}, ("unauthorised",), security=session)
        },
        "/webhooks/web/sessions/return": {
            "post": _call(
                "come_back", "Come back with a pass-phrase", {201: "Returned"}, ("malformed", "unknown_phrase", "not_json"),
                body=requests.Returning,
            )
        },
    }  # fmt: skip


def _saved(name: str, summary: str, kind: str, more: Sequence[str] = ()) -> Schema:
    """A call that gives a file."""
    call = _call(name, summary, {}, ("unauthorised", *more), security=[{"session": []}])
    shape = "object" if kind == "application/json" else "string"
    given = {"description": "The file", "content": {kind: {"schema": {"type": shape}}}}
    return {**call, "responses": {"200": given, **call["responses"]}}


def _service() -> Schema:
    """The calls about the service itself."""
    health = {"description": "Which parts are well", "content": _content("Health")}
    described = {"description": "OpenAPI", "content": {"application/json": {"schema": {"type": "object"}}}}
    return {
        "/health": {
            "get": {"operationId": "health", "summary": "Is all well?", "responses": {"200": health, "503": health}}
        },
        "/health/live": {
            "get": {
                "operationId": "alive",
                "summary": "Does this process answer?",
                "responses": {"200": {"description": "It does", "content": _content("Alive")}},
            }
        },
        "/openapi.json": {
            "get": {
                "operationId": "describe", "summary": "This description",
                "responses": {"200": described, **_refusals(("unavailable", "broken"))},
            }
        },
    }  # fmt: skip


def _call(
    name: str,
    summary: str,
    answers: Mapping[int, str | None],
    kinds: Sequence[str],
    *,
    body: type[BaseModel] | None = None,
    optional: bool = False,
    security: Sequence[Schema] = (),
    parameters: Sequence[Schema] = (),
) -> Schema:
    kinds = (*kinds, *ALWAYS, "too_long")
    found: Schema = {"operationId": name, "summary": summary, "responses": {}}
    for status, schema in answers.items():
        content = {"content": _content(schema)} if schema else {}
        found["responses"][str(status)] = {"description": schema or "Done", **content}
    found["responses"] |= _refusals(kinds)
    if body is not None:
        found["requestBody"] = {"required": not optional, "content": _content(body.__name__)}
    if security:
        found["security"] = list(security)
    if parameters:
        found["parameters"] = list(parameters)
    return found


def _content(schema: str, kind: str = "application/json") -> Schema:
    return {kind: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _refusals(kinds: Sequence[str]) -> Schema:
    """The responses for the given kinds of problems, by status."""
    words, found = problems.words(), {}
    for status in sorted({words[kind]["status"] for kind in kinds}):
        told = [f"`{kind}`: {words[kind]['title']}" for kind in kinds if words[kind]["status"] == status]
        found[str(status)] = {
            "description": ". ".join(told),
            "content": _content("Problem", "application/problem+json"),
        }
    return found


def _parameters(query: type[BaseModel]) -> list[Schema]:
    properties = query.schema()["properties"]
    return [
        {"name": name, "in": "query", "required": False, "schema": {k: v for k, v in schema.items() if k != "title"}}
        for name, schema in properties.items()
    ]


def _schemas(regions: Sequence[str], message_limit: int) -> Schema:
    found = {
        kind.__name__: _body(kind)
        for kind in (requests.NewConversation, requests.NewMessage, requests.NewFeedback, requests.Returning)
    }
    for kind in ("NewConversation", "NewMessage"):
        found[kind]["properties"]["region"] |= {"type": ["string", "null"], "enum": [*regions, None]}
    found["NewConversation"]["properties"]["lang"]["type"] = ["string", "null"]
    found["NewMessage"]["properties"]["tz"]["type"] = ["string", "null"]
    found["NewMessage"]["properties"]["id"]["format"] = "uuid"
    found["NewMessage"]["properties"]["message"] |= {"minLength": 1, "maxLength": message_limit, "pattern": WORDS}
    comment = {"type": ["string", "null"], "maxLength": requests.COMMENT_CHARACTERS}
    found["NewFeedback"]["properties"]["comment"] |= comment
    return {**found, **_answers(), **_messages()}


def _body(kind: type[BaseModel]) -> Schema:
    """A model of requests.py as a schema. pydantic 1 knows no null, which is what `optional` means here."""
    made = kind.schema()
    properties = {name: {k: v for k, v in one.items() if k != "title"} for name, one in made["properties"].items()}
    return {
        "type": "object",
        "description": TITLES[kind.__name__],
        "properties": properties,
        "required": made.get("required", []),
    }


def _messages() -> Schema:
    """The schema of messages, with its parts as components."""
    text = json.dumps(message_schema()).replace("#/$defs/", "#/components/schemas/")
    schema = json.loads(text)
    return {"Message": {"oneOf": schema["oneOf"], "description": schema["description"]}, **schema["$defs"]}


def _answers() -> Schema:
    """What calls answer with."""
    part = {"enum": ["ok", "failing"]}
    said = {"from": {"const": "user"}, "id": {"type": "string"}, "at": TIME, "text": {"type": "string"}}
    answered = {"from": {"const": "assistant"}, "at": TIME, "message": {"$ref": "#/components/schemas/Message"}}
    entry = {"type": "array", "items": {"oneOf": [_object(said), _object(answered)]}}
    place = {
        "type": "string",
        "description": "Where the message says its writer is; left out where it says no such thing.",
    }
    older = {"type": ["string", "null"], "description": "Give it as `before` for the turns before these; null: none."}
    opened = {
        "session": {"type": "string"},
        "expires_at": TIME,
        "backup_days": {"type": "integer"},
        "messages": MESSAGES,
    }
    back = {name: schema for name, schema in opened.items() if name != "messages"}
    return {
        "Opened": _object(opened),
        "Returned": _object(back),
        "Phrase": _object({"phrase": {"type": "string"}}),
        "Loaded": _object({"added": {"type": "integer"}, "known": {"type": "integer"}}),
        "Answer": {
            **_object({"messages": {**MESSAGES, "minItems": 1}, "region": place}),
            "required": ["messages"],
        },
        "Transcript": _object({"messages": entry, "older": older}),
        "Alive": _object({"status": {"const": "ok"}}),
        "Health": _object(
            {"status": part, "model": {"type": ["string", "null"]}, "actions": part, "database": part, "journal": part}
        ),
        "Problem": _object(
            {
                "type": {"type": "string", "enum": [f"urn:stridewell:problem:{kind}" for kind in problems.words()]},
                "title": {"type": "string"},
                "status": {"type": "integer", "minimum": 400, "maximum": 599},
                "detail": {"type": "string"},
            }
        ),
    }


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
