"""
What was earned and paid, as a user would write it with polars and a loop over the events.

python incentives.py OUT campaign.yaml --stg_messages F… --stg_topic_messages F…
"""

import argparse
import math
from datetime import date, datetime
from pathlib import Path

import polars as pl
import yaml

import use

START, END = datetime(2026, 1, 1), datetime(2026, 4, 1)
CAMPAIGN = "bench"


def read(folder: Path, campaign, section: str) -> pl.DataFrame:
    path = campaign[section]["path"] if section in campaign else campaign["recruitment"][section]["path"]
    return pl.read_csv(folder / path, infer_schema=False)


def instant(name: str) -> pl.Expr:
    return pl.col(name).str.strip_chars_end("Z").str.to_datetime(time_unit="us", strict=False)


def units(name: str) -> pl.Expr:
    return (pl.col(name).cast(pl.Float64) * 10_000).round().cast(pl.Int64)


def people_of(identities: pl.DataFrame):
    """An expression that turns an account into who it belongs to."""
    person = dict(zip(identities["author_id"], identities["person_id"]))
    return lambda name: pl.col(name).replace_strict(person, default=pl.col(name))


def redemptions(orders: pl.DataFrame, codes: pl.DataFrame, customers: pl.DataFrame, person) -> pl.DataFrame:
    """Each order with a code: the campaign and the person that it counts for, or why it counts for none."""
    coded = orders.filter(pl.col("code").is_not_null()).with_columns(
        ordered_at=instant("ordered_at"), refunded_at=instant("refunded_at"), value=units("amount"), refund=units("refund_amount")
    )
    coded = coded.filter(pl.col("ordered_at") < END).with_columns(day=pl.col("ordered_at").dt.date())
    listed = codes.with_columns(pl.col("valid_from", "valid_to").str.to_date(), holder=person("author_id"))
    buyers = customers.select("customer_id", buyer=person("author_id"))
    fitting = coded.join(listed, on="code", how="left").join(buyers, on="customer_id", how="left").with_columns(
        is_recorded=(pl.col("campaign") == pl.col("promotion")).fill_null(False),
        is_open=pl.col("day").is_between("valid_from", "valid_to"),
    )
    best = fitting.sort(
        ["order_id", "is_recorded", "is_open", "valid_from", "campaign"],
        descending=[False, True, True, True, False],
        nulls_last=True,
    ).unique("order_id", keep="first", maintain_order=True)
    reason = (
        pl.when(pl.col("campaign").is_null()).then(pl.lit("unknown code"))
        .when(pl.col("promotion").is_not_null() & ~pl.col("is_recorded")).then(pl.lit("other campaign"))
        .when(~pl.col("is_open")).then(pl.lit("outside window"))
        .when(pl.col("buyer") == pl.col("holder")).then(pl.lit("self-referral"))
    )  # fmt: skip
    return best.with_columns(reason=reason)


def mentions(messages, about, codes, topic: str, hostile, person) -> pl.DataFrame:
    """Messages about the topic, in their own words and not hostile, by people with a code of this campaign."""
    about = pl.read_parquet(about).filter(pl.col("topic") == topic).select("message_number")
    names = ["message_number", "message_id", "author_id", "created_at", "kind", "text", "language", "sentiment"]
    own = (pl.col("kind") != "reshare") & (pl.col("created_at") < END) & (pl.col("sentiment").fill_null(0) >= 0)
    told = pl.scan_parquet(messages).select(names).filter(own).collect().join(about, on="message_number")
    holders = codes.filter(pl.col("campaign") == CAMPAIGN).select(holder=person("author_id")).unique()
    told = told.with_columns(holder=person("author_id")).join(holders, on="holder")
    words = pl.col("text").str.to_lowercase().str.extract_all(r"[^[:punct:]\s]+")
    rude = [(pl.col("language") == key) & (words.list.set_intersection(list_).list.len() > 0) for key, list_ in hostile.items()]
    return told.filter(~(pl.col("sentiment").is_null() & pl.any_horizontal(rude).fill_null(False)))


def cents(units: float) -> int:
    return math.floor(units / 100 + 0.5) * 100


def ledger(events, rules, budget: int):
    """Entries in order of time: never more than the budget in all, nor than the cap of a rule for a person."""
    paid, by_person, earned, entries = 0, {}, {}, []
    for at, turn, kind, event, holder, value, refund in sorted(events):
        for number, rule in enumerate(rules):
            if rule["on"] != kind:
                continue
            key = (event, number)
            if turn == 1:
                if key in earned:
                    # Part of what was given, in whole cents.
                    given = earned.pop(key)
                    back = given if refund >= value else cents(given * refund / value)
                    paid -= back
                    by_person[holder, number] -= back
                    entries.append((event, number, holder, at, "reversed", -back))
                continue
            due = rule["amount"] if rule["amount"] is not None else cents(value * rule["rate"])
            had = by_person.get((holder, number), 0)
            given = max(0, min(due, budget - paid, rule["cap"] - had))
            paid += given
            by_person[holder, number] = had + given
            state = "earned" if given == due else "capped" if given > 0 else "refused"
            entries.append((event, number, holder, at, state, given))
            if given > 0:
                earned[key] = given
    return entries, paid


def main(given) -> dict:
    campaign = yaml.safe_load(given.campaign.read_text())
    folder = given.campaign.parent
    orders, codes, customers, identities = (read(folder, campaign, name) for name in ("orders", "codes", "customers", "identities"))
    person = people_of(identities)
    found = redemptions(orders, codes, customers, person)
    settings = campaign["incentives"]
    money = lambda text: None if text is None else round(float(text.split()[0]) * 10_000)
    rules = [{**rule, "amount": money(rule.get("amount")), "cap": money(rule.get("cap")) or 1 << 60} for rule in settings["earns"]]
    first, last = (day if isinstance(day, date) else date.fromisoformat(day) for day in (settings["from"], settings["to"]))
    credited = found.filter(pl.col("reason").is_null() & (pl.col("campaign") == CAMPAIGN) & pl.col("day").is_between(first, last))
    columns = credited.select("ordered_at", "order_id", "holder", "value", "refunded_at", "refund").iter_rows()
    events = []
    for at, order, holder, value, refunded_at, refund in columns:
        events.append((at, 0, "order", order, holder, value, 0))
        if refunded_at is not None and refunded_at < END:
            events.append((refunded_at, 1, "order", order, holder, value, value if refund is None else refund))
    told = mentions(
        given.stg_messages, given.stg_topic_messages, codes, campaign["recruitment"]["topic"], campaign["influence"]["hostile"], person
    )
    told = told.filter(pl.col("created_at").dt.date().is_between(first, last))
    for at, message, holder in told.select("created_at", "message_id", "holder").iter_rows():
        events.append((at, 0, "mention", message, holder, 0, 0))
    entries, paid = ledger(events, rules, money(settings["budget"]))
    table = pl.DataFrame(entries, orient="row", schema=["event_id", "rule", "holder", "earned_at", "state", "amount"])
    table = table.with_columns(pl.col("amount") / 10_000)
    table.write_parquet(given.out / "fct_incentives.parquet", compression="zstd", compression_level=3)
    found.select("order_id", "author_id", "campaign", "reason").write_parquet(given.out / "fct_redemptions.parquet")
    return {"paid": paid / 10_000, "states": dict(table.group_by("state").len().sort("state").iter_rows())}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("campaign", type=Path)
    for name in ("stg_messages", "stg_topic_messages"):
        parser.add_argument(f"--{name}", nargs="+", required=True)
    given = parser.parse_args()
    use.begin()
    use.end(**main(given))
