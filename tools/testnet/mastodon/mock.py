"""One instance of mastodon_mock, a mock of Mastodon's API, nearer to the real one where collecting depends on it.

    python mock.py --database FILE --port 0 --account ada:token-of-ada

Listens on 127.0.0.1, prints one line of JSON with its address, and ends when its standard input does.
What the mock lacks and is added here, each as Mastodon's own source has it:

- ids of 18 digits that hold the time (lib/mastodon/snowflake.rb), and a clock that tests set (`/api/v1/_mock/clock`)
- URIs of accounts of other servers, and `quotes_count`
- boosts that go with the message that they boost, answers that lose the message they answer; boosters in pages
- `offset` of a search
- messages that another server sent (`/api/v1/_mock/inbox`) or deleted (`/api/v1/_mock/deleted`)
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import socket
import sys
import threading
from datetime import datetime, timezone

clock: datetime | None = None
sequence = itertools.count()


def now() -> datetime:
    return clock or datetime.now(timezone.utc)


def id_at(time: datetime) -> int:
    return (int(time.timestamp() * 1000) << 16) | (next(sequence) & 0xFFFF)


def next_id() -> int:
    return id_at(now())


# The mock's modules take these by name when they are loaded, so that they are put in their places before.
import mastodon_mock.ids  # noqa: E402

mastodon_mock.ids.next_id = next_id

import mastodon_mock.db.models as models  # noqa: E402

models.utcnow = now

import mastodon_mock.serializers.accounts as accounts  # noqa: E402
import mastodon_mock.serializers.statuses as statuses  # noqa: E402
from sqlalchemy import delete, event, func, select, update  # noqa: E402

mock_profile_url = accounts.profile_url
mock_serialize = statuses.serialize_status


def profile_url(domain: str, acct: str, *, scheme: str = "https") -> str:
    name, _, home = acct.partition("@")
    return mock_profile_url(home or domain, name, scheme=scheme)


def serialize_status(session, status, *args, **kwargs):
    data = mock_serialize(session, status, *args, **kwargs)
    quotes = select(func.count()).where(models.Status.quoted_status_id == status.id)
    return {**data, "quotes_count": session.scalar(quotes) or 0}


def with_status(_mapper, connection, status) -> None:
    table = models.Status.__table__
    connection.execute(delete(table).where(table.c.reblog_of_id == status.id))
    connection.execute(update(table).where(table.c.in_reply_to_id == status.id).values(in_reply_to_id=None))


event.listen(models.Status, "after_delete", with_status)
accounts.profile_url = profile_url
statuses.serialize_status = serialize_status

import uvicorn  # noqa: E402
from fastapi import Depends, Request, Response  # noqa: E402
from mastodon_mock.app import create_app  # noqa: E402
from mastodon_mock.config import DatabaseConfig, MastodonMockConfig, SeedAccount, SeedConfig  # noqa: E402
from mastodon_mock.content_format import render_status_html  # noqa: E402
from mastodon_mock.deps import get_db  # noqa: E402
from mastodon_mock.pagination import clamp_limit, clamp_offset, paginate  # noqa: E402
from mastodon_mock.routers.helpers import set_link_header  # noqa: E402
from mastodon_mock.serializers.accounts import serialize_account  # noqa: E402
from mastodon_mock.services import attach_mentions_and_tags  # noqa: E402
from mastodon_mock.serializers.statuses import serialize_status_list  # noqa: E402

Status, Account = models.Status, models.Account


def application(config: MastodonMockConfig):
    app = create_app(config)

    @app.post("/api/v1/_mock/clock")
    async def set_clock(request: Request):
        global clock
        told = (await request.json())["now"]
        clock = None if told is None else datetime.fromisoformat(told)
        return {}

    @app.post("/api/v1/_mock/inbox")
    async def receive(request: Request, db=Depends(get_db)):
        ids = [str(taken_in(db, told).id) for told in await request.json()]
        db.commit()
        return {"ids": ids}

    @app.post("/api/v1/_mock/deleted")
    async def forget(request: Request, db=Depends(get_db)):
        for status in db.scalars(select(Status).where(Status.url.in_(await request.json()))).all():
            db.delete(status)
        db.commit()
        return {}

    def searched(request: Request, db=Depends(get_db)):
        q, params = request.query_params["q"], request.query_params
        if "authorization" not in request.headers:
            return Response('{"error":"This method requires an authenticated user"}', 401, media_type="application/json")
        wanted = select(Status).where(Status.content.ilike(f"%{q}%")).order_by(Status.id.desc())
        for name, column in (("min_id", Status.id.__gt__), ("max_id", Status.id.__lt__)):
            if name in params:
                wanted = wanted.where(column(int(params[name])))
        page = wanted.offset(clamp_offset(params.get("offset"))).limit(clamp_limit(params.get("limit")))
        found = list(db.scalars(page)) if params.get("type") == "statuses" else []
        people = [] if found or params.get("type") != "accounts" else db.scalars(select(Account)).all()
        told = [serialize_account(db, one, config) for one in people]
        return {
            "accounts": [one for one in told if one["uri"] == q],
            "statuses": serialize_status_list(db, found, config, None),
            "hashtags": [],
        }

    def boosters(status_id: int, request: Request, response: Response, db=Depends(get_db)):
        if db.get(Status, status_id) is None:
            return Response('{"error":"Record not found"}', 404, media_type="application/json")
        params = request.query_params
        boosts = select(Status).where(Status.reblog_of_id == status_id)
        page = paginate(db, boosts, Status.id, max_id=params.get("max_id"), limit=params.get("limit"))
        set_link_header(request, response, page)
        return [serialize_account(db, boost.account, config) for boost in page.items]

    for path, handler in (("/api/v2/search", searched), ("/api/v1/statuses/{status_id}/reblogged_by", boosters)):
        app.router.routes[:] = [one for one in app.router.routes if getattr(one, "path", "") != path]
        app.get(path)(handler)
    # What was added last would never be reached: the mock's own page answers all that is left over.
    app.router.routes.sort(key=lambda one: getattr(one, "path", "") in ("", "/"))
    return app


def taken_in(db, told: dict):
    """A status as another server sent it: known by its URI, numbered by its coming, or by its writing when that is long ago."""
    known = db.scalar(select(Status).where(Status.url == told["uri"]))
    if known is not None:
        return known
    name, domain = told["account"]
    author = db.scalar(select(Account).where(Account.username == name, Account.domain == domain))
    if author is None:
        author = Account(id=next_id(), username=name, domain=domain, display_name=name)
        db.add(author)
        db.flush()

    def local(uri: str | None):
        if uri is None:
            return None
        own = db.scalar(select(Status).where(Status.url == uri))
        return own or db.get(Status, int(uri.rsplit("/", 1)[-1]))

    written = datetime.fromisoformat(told["created_at"])
    came = datetime.fromisoformat(told["came_at"]) if "came_at" in told else now()
    is_late = (came - written).total_seconds() > 6 * 3600
    answered, boosted, quoted = (local(told.get(one)) for one in ("in_reply_to", "reblog", "quote"))
    status = Status(
        id=id_at(written if is_late else came),
        account_id=author.id,
        url=told["uri"],
        content=render_status_html(told["text"]),
        text=told["text"],
        created_at=written,
        in_reply_to_id=answered and answered.id,
        reblog_of_id=boosted and boosted.id,
        quoted_status_id=quoted and quoted.id,
        edit_history=[],
    )
    db.add(status)
    db.flush()
    attach_mentions_and_tags(db, status.id, author.id, told["text"])
    db.flush()
    return status


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--account", action="append", default=[])
    told = parser.parse_args()

    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", told.port))
    host = "127.0.0.1:%d" % listener.getsockname()[1]
    seeds = [SeedAccount(username=name, access_token=token) for name, token in (one.split(":") for one in told.account)]
    config = MastodonMockConfig(
        domain=host, url_scheme="http", database=DatabaseConfig(path=told.database), seed=SeedConfig(accounts=seeds)
    )
    server = uvicorn.Server(uvicorn.Config(application(config), log_level="error", access_log=False))

    def end_with_parent() -> None:
        sys.stdin.read()
        os._exit(0)

    threading.Thread(target=end_with_parent, daemon=True).start()
    listener.listen(128)
    print(json.dumps({"url": f"http://{host}"}), flush=True)
    server.run(sockets=[listener])


main()
