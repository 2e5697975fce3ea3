"""
What a user would write instead: from staged messages to the four big tables, with polars, numpy, igraph and scipy.

python night.py OUT WORLD STAGED.parquet…   WORLD: the folder of the campaign's own files
"""

import sys
from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl
from scipy import sparse

import credit
import forest
import network
import use

WINDOW = (datetime(2026, 1, 1), datetime(2026, 4, 1))
BRAND = {"x:1"}
HOSTILE = {"en": ["awful", "melted"]}
CAMPAIGN = "bench"
COLUMNS = "message_id author_id platform created_at kind parent_id root_id text language sentiment followers".split()
RULES = np.array(["observed", "root", "inferred"])


def micros(column: str) -> pl.Expr:
    return (pl.col(column) * 1_000_000 + 0.5).floor().cast(pl.Int64)


def read(files) -> pl.DataFrame:
    frame = pl.read_parquet(files, columns=COLUMNS)
    frame = frame.filter(pl.col("created_at").is_between(*WINDOW, closed="left")).sort("message_id")
    return frame.with_row_index("node").with_columns(
        pl.col("node").cast(pl.Int64), pl.col("author_id").rank("dense").cast(pl.Int64).alias("author") - 1
    )


def resolve(messages: pl.DataFrame):
    """Node of every id that a message names; unseen ones are numbered after the seen."""
    known = messages.select(id="message_id", target="node")
    named = pl.concat([messages.select(id=name) for name in ("parent_id", "root_id")]).drop_nulls().unique()
    unseen = named.join(known, on="id", how="anti").sort("id").with_row_index("place")
    unseen = unseen.select("id", target=pl.col("place").cast(pl.Int64) + len(messages))
    ids = pl.concat([known, unseen])
    for name in ("parent", "root"):
        messages = messages.join(
            ids.rename({"id": f"{name}_id", "target": name}), on=f"{name}_id", how="left", maintain_order="left"
        )
    return messages.with_columns(pl.col("parent", "root").fill_null(-1)), ids


def forwards(messages: pl.DataFrame, seen: int):
    """Whom each forward passes on, and how that is known."""
    parent, root = messages["parent"].to_numpy(), messages["root"].to_numpy()
    forward = messages["kind"].is_in(["reshare", "quote"]).to_numpy()
    is_seen = lambda node: (node >= 0) & (node < seen)
    choices = [is_seen(parent), is_seen(root), parent >= 0, root >= 0]
    target = np.where(forward, np.select(choices, [parent, root, parent, root], -1), -1)
    rule = np.select(choices, [credit.OBSERVED, credit.INFERRED, credit.OBSERVED, credit.ROOT], 0)
    return target, np.where(target < 0, 0, rule)


def message_table(messages, ids, trees, talk, spread, influence, weakest, rule) -> pl.DataFrame:
    seen = len(messages)
    names = ids.sort("target")["id"]
    parent = trees.parent[:seen]
    kept = np.where((parent >= 0) & (rule != credit.INFERRED), parent, -1)
    name = lambda nodes: names.gather(np.maximum(nodes, 0)).set(pl.Series(nodes < 0), None)
    replies = np.bincount(talk.parent[:seen][talk.parent[:seen] >= 0], minlength=len(talk.parent))[:seen]
    weakest = weakest[:seen]
    return messages.select(
        pl.lit(CAMPAIGN).alias("campaign"),
        "message_id", "platform", "author_id", "kind",
        parent_id=name(kept),
        root_id=name(trees.root[:seen]),
        conversation_parent_id=name(talk.parent[:seen]),
        conversation_root_id=name(talk.root[:seen]),
        conversation_depth=pl.Series(talk.depth[:seen]),
        created_at="created_at",
        day=pl.col("created_at").dt.date(),
        spread=pl.Series(spread[:seen]),
        influence=pl.Series(influence[:seen]),
        jumps=pl.Series(trees.height[:seen]).set(pl.Series(weakest == credit.INFERRED), None),
        impact=pl.Series(replies),
        forwarder_rule=pl.Series(RULES[weakest]),
    ).sort("day", "message_id")  # fmt: skip


def cascade_table(messages, ids, trees, weakest) -> pl.DataFrame:
    seen = len(messages)
    nodes = pl.DataFrame({
        "root": trees.root[:seen], "depth": trees.depth[:seen], "size": trees.size[:seen],
    }).with_columns(messages["author", "created_at", "node"])  # fmt: skip
    below = pl.col("depth") > 0
    forwards = nodes.filter(below).sort("root", "created_at", "node")
    place = pl.int_range(pl.len()).over("root") + 1
    pace = forwards.with_columns(place=place, half=(pl.len().over("root") + 1) // 2).group_by("root").agg(
        first=pl.col("created_at").min(), half=pl.col("created_at").filter(pl.col("place") == pl.col("half")).first()
    )
    sums = nodes.group_by("root").agg(
        author_count=pl.col("author").n_unique(),
        s1=pl.col("size").filter(below).sum(),
        s2=(pl.col("size").cast(pl.Float64) ** 2).filter(below).sum(),
        first_seen=pl.col("created_at").min(),
    )
    breadth = nodes.group_by("root", "depth").len().group_by("root").agg(max_breadth=pl.col("len").max())
    roots = np.flatnonzero(trees.parent < 0)
    table = pl.DataFrame({
        "root": roots, "size": trees.size[roots], "height": trees.height[roots], "rule": weakest[roots],
        "cut": trees.cut[roots], "is_seen": roots < seen,
    })  # fmt: skip
    table = table.join(ids.rename({"target": "root", "id": "root_id"}), on="root", how="left")
    table = table.join(messages.select("author_id", "created_at", root="node"), on="root", how="left")
    for part in (pace, sums, breadth):
        table = table.join(part, on="root", how="left")
    known = pl.col("rule") != credit.INFERRED
    size = pl.col("size").cast(pl.Float64)
    seconds = lambda end: ((pl.col(end) - pl.col("created_at")).dt.total_microseconds() / 1e6).clip(lower_bound=0)
    flag = lambda condition, word: pl.when(condition).then(pl.lit(word))
    flags = pl.concat_str(
        flag(pl.col("cut"), "cycle_cut"),
        flag(~known, "inferred"),
        flag(pl.col("rule") == credit.ROOT, "root_rule"),
        flag(~pl.col("is_seen"), "root_unseen"),
        separator=" ",
        ignore_nulls=True,
    )
    return table.select(
        pl.lit(CAMPAIGN).alias("campaign"),
        "root_id",
        "author_id",
        platform=pl.col("root_id").str.split(":").list.first(),
        day=pl.coalesce("created_at", "first_seen").dt.date(),
        size="size",
        max_depth=pl.when(known).then("height"),
        max_breadth=pl.when(known).then("max_breadth"),
        structural_virality=pl.when(known & (size > 1)).then(2 * (size * pl.col("s1") - pl.col("s2")) / (size * (size - 1))),
        author_count="author_count",
        seconds_to_first=seconds("first"),
        seconds_to_half=seconds("half"),
        flags=pl.when(flags != "").then(flags),
    ).sort("day", "root_id")


def hostile(messages: pl.DataFrame) -> pl.Series:
    words = pl.col("text").str.to_lowercase().str.extract_all(r"[^[:punct:]\s]+")
    unknown = pl.col("sentiment").is_null() & pl.col("kind").is_in(["reply", "comment", "quote"])
    tests = [
        (pl.col("language") == language) & (words.list.set_intersection(list_).list.len() > 0)
        for language, list_ in HOSTILE.items()
    ]
    asked = messages.filter(unknown).filter(pl.any_horizontal(tests))
    return messages["node"].is_in(asked["node"].implode())


def responses(messages, trees, talk, rule, ties) -> pl.DataFrame:
    seen = len(messages)
    nodes = np.arange(seen)
    known = (trees.parent[:seen] >= 0) & (trees.parent[:seen] < seen) & (rule != credit.INFERRED)
    answered = (talk.parent[:seen] >= 0) & (talk.parent[:seen] < seen)
    likely = ties[2] >= 5e-7
    rows = pl.concat([
        pl.DataFrame({"node": nodes[known], "target": trees.parent[:seen][known], "probability": 1.0}),
        pl.DataFrame({"node": nodes[answered], "target": talk.parent[:seen][answered], "probability": 1.0}),
        pl.DataFrame({"node": ties[0][likely], "target": ties[1][likely], "probability": ties[2][likely]}).cast(
            {"node": pl.Int64, "target": pl.Int64}
        ),
    ]).group_by("node", "target").agg(pl.col("probability").max())  # fmt: skip
    kind, sentiment = pl.col("kind"), pl.col("sentiment")
    sign = pl.when(kind == "reshare").then(1).when(sentiment < 0).then(-1).when("hostile").then(-1).otherwise(1)
    signs = messages.select("node", "author", hostile(messages).alias("hostile"), "kind", "sentiment")
    signs = signs.select("node", "author", sign=sign)
    rows = rows.join(signs, on="node").join(messages.select(target="node", influencer="author"), on="target")
    return rows.filter(pl.col("author") != pl.col("influencer")).with_columns(
        answer=micros("probability"), signed=micros("probability") * pl.col("sign")
    )


def tie_table(messages: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    pair = ["influencer", "author"]
    ties = rows.group_by(pair).agg(pl.col("answer").sum(), pl.col("signed").sum())
    counted = ties.filter(pl.col("signed") != 0)
    answered = rows.group_by(*pair, "target").agg(pl.col("answer").sum().clip(upper_bound=1_000_000))
    answered = answered.join(counted, on=pair, how="semi").group_by("author").agg(answered=pl.col("answer").sum())
    activity = messages.group_by(influencer="author").len("exposure")
    readiness = counted.join(activity, on="influencer").group_by("author").agg(
        all=pl.col("signed").abs().sum(), exposure=pl.col("exposure").sum()
    )
    readiness = readiness.join(answered, on="author").with_columns(
        q=((pl.col("answered") / 1e6 + 1) / (pl.col("exposure") + 4)).clip(upper_bound=0.95)
    )
    ties = ties.join(readiness, on="author", how="left").with_columns(
        share=(pl.col("signed") / pl.col("all")).fill_null(0)
    )
    return ties.select(
        *pair, "share", responses=pl.col("answer") / 1e6, net=pl.col("signed") / 1e6,
        weight=(pl.col("q") * pl.col("share")).fill_null(0),
    ).sort(pair)  # fmt: skip


def people_table(messages, fct_messages, trees, author_ids, score, rank, unlisted) -> pl.DataFrame:
    share = lambda values: values / np.abs(values).sum()
    people = pl.DataFrame({
        "author_id": author_ids, "cie_score": score, "cie": share(score), "cie_beyond_self": share(score - 1),
        "pagerank": rank,
    })  # fmt: skip
    reach = fct_messages.group_by("author_id").agg(
        messages=pl.len(), spread=pl.col("spread").sum(), influence=pl.col("influence").sum(), impact=pl.col("impact").sum()
    )
    followers = messages.filter(pl.col("followers").is_not_null()).sort("created_at", "node")
    followers = followers.group_by("author_id").agg(pl.col("followers").last())
    seen = len(messages)
    forwarded = pl.DataFrame({"node": np.arange(seen), "target": trees.parent[:seen]})
    forwarded = forwarded.filter(pl.col("target").is_between(0, seen - 1)).join(messages.select("node", "author"), on="node")
    forwarded = forwarded.join(messages.select("author_id", target="node", whose="author"), on="target")
    forwarded = forwarded.filter(pl.col("author") != pl.col("whose")).group_by("author_id").len("forwards_received")
    for part in (reach, followers, forwarded):
        people = people.join(part, on="author_id", how="left")
    people = people.filter(~pl.col("author_id").is_in([*BRAND, *unlisted])).with_columns(
        pl.col("forwards_received").fill_null(0),
        pl.lit(CAMPAIGN).alias("campaign"),
        cie_rank=pl.col("cie").rank("min", descending=True),
    )
    return people.sort("author_id")


def night(out: Path, files: list[str], unlisted: list[str]) -> None:
    messages, ids = resolve(read(files))
    seen = len(messages)
    time = messages["created_at"].dt.epoch("us").to_numpy().astype(np.float64)
    author = messages["author"].to_numpy()
    target, rule = forwards(messages, seen)
    trees = forest.grow(np.concatenate([target, np.full(len(ids) - seen, -1)]), seen, time)
    rule = np.where(trees.parent[:seen] < 0, 0, rule)
    above = trees.parent[:seen]
    own = (above >= 0) & (above < seen) & (author[np.clip(above, 0, seen - 1)] == author)
    followers = messages["followers"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    spread, influence, weakest, ties = credit.credit(trees, rule, (~own).astype(float), time, followers)
    # Unseen ids that only replies name are roots of no cascade of forwards.
    named = np.zeros(len(ids), dtype=bool)
    named[:seen] = True
    named[trees.parent[trees.parent >= 0]] = True

    is_reply = messages["kind"].is_in(["reply", "comment"]).to_numpy()
    reply_target = np.where(is_reply, messages["parent"].to_numpy(), -1)
    talk = forest.grow(np.concatenate([reply_target, np.full(len(ids) - seen, -1)]), seen, time)
    fct_messages = message_table(messages, ids, trees, talk, spread, influence, weakest, rule)
    fct_messages.write_parquet(out / "fct_messages.parquet", compression="zstd", compression_level=3)
    cascades = cascade_table(messages, ids.filter(pl.Series(named[ids["target"].to_numpy()])), trees, weakest)
    cascades = cascades.filter(pl.col("root_id").is_not_null())
    cascades.write_parquet(out / "fct_cascades.parquet", compression="zstd", compression_level=3)

    pairs = tie_table(messages, responses(messages, trees, talk, rule, ties))
    author_ids = messages.unique("author").sort("author")["author_id"]
    count = len(author_ids)
    source, sink, weight = (pairs[name].to_numpy() for name in ("influencer", "author", "weight"))
    matrix = sparse.csr_array((weight, (source, sink)), shape=(count, count))
    score = network.hubbell(matrix)
    rank = network.pagerank(count, sink, source, pairs["net"].to_numpy())
    start, end, effect = network.total_effects(matrix, score)
    effects = pl.DataFrame({"influencer": start, "author": end, "total_effect": effect}).cast(
        {"influencer": pl.Int64, "author": pl.Int64}
    )
    pairs.join(effects, on=["influencer", "author"], how="left").select(
        pl.lit(CAMPAIGN).alias("campaign"),
        influencer_id=author_ids.gather(source),
        influenced_id=author_ids.gather(sink),
        responses="responses", share="share", weight="weight", total_effect="total_effect",
    ).sort("influencer_id", "influenced_id").write_parquet(  # fmt: skip
        out / "fct_influence_ties.parquet", compression="zstd", compression_level=3
    )
    people_table(messages, fct_messages, trees, author_ids, score, rank, unlisted).write_parquet(
        out / "fct_influencers.parquet", compression="zstd", compression_level=3
    )


def opted_out(world: Path) -> list[str]:
    """Accounts of everybody one of whose accounts asked to be left out."""
    asked = pl.read_csv(world / "optouts.csv")["author_id"]
    people = pl.read_csv(world / "identities.csv")
    theirs = people.filter(pl.col("author_id").is_in(asked.implode()))["person_id"]
    return [*asked, *people.filter(pl.col("person_id").is_in(theirs.implode()))["author_id"]]


if __name__ == "__main__":
    use.begin()
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    night(folder, sys.argv[3:], opted_out(Path(sys.argv[2])))
    use.end()
