"""
Who acts in concert, as a user of CooRTweet would write it in polars: the same object within ten seconds.

python authenticity.py OUT STAGED.parquet…
"""

import sys
from datetime import datetime
from pathlib import Path

import polars as pl
from scipy import stats

import use

WINDOW = (datetime(2026, 1, 1), datetime(2026, 4, 1))
WITHIN = 10_000_000  # microseconds
MIN_PARTICIPATION = 2
QUANTILE = 0.5
FALSE_DISCOVERIES = 0.05
LEAST_WORDS = 4
URL = r"https?://[^\s]+"


def read(files) -> pl.DataFrame:
    names = ["message_id", "author_id", "created_at", "kind", "root_id", "text"]
    frame = pl.read_parquet(files, columns=names)
    frame = frame.filter(pl.col("created_at").is_between(*WINDOW, closed="left")).sort("message_id")
    return frame.with_row_index("message").with_columns(
        author=pl.col("author_id").rank("dense").cast(pl.Int32), micros=pl.col("created_at").dt.epoch("us")
    )


def shares_of(messages: pl.DataFrame) -> pl.DataFrame:
    """One row a share: author, object, message, micros; objects are links, sets of hashtags, reposted roots and texts."""
    keep = ["author", "message", "micros"]
    text = pl.col("text").str.to_lowercase()
    links = messages.filter(pl.col("text").str.contains("http", literal=True)).select(
        *keep, object=text.str.extract_all(URL)
    )
    links = links.explode("object").select(
        *keep, object="l " + pl.col("object").str.replace(r"[?&]utm_[^#]*", "").str.replace(r"#.*", "").str.strip_chars_end("/")
    )
    tags = messages.filter(pl.col("text").str.contains("#", literal=True)).select(
        *keep, tags=text.str.extract_all(r"#\w+").list.unique().list.sort()
    )
    tags = tags.filter(pl.col("tags").list.len() >= 2).select(*keep, object="h " + pl.col("tags").list.join(" "))
    roots = messages.filter(pl.col("kind").is_in(["reshare", "quote"]) & pl.col("root_id").is_not_null())
    roots = roots.select(*keep, object="r " + pl.col("root_id"))
    plain = text.str.replace_all(URL, " ").str.replace_all(r"[@#]\w+", " ").str.replace_all(r"[^\p{L}\s]", "")
    texts = messages.filter((pl.col("kind") != "reshare") & pl.col("text").is_not_null()).select(
        *keep, words=plain.str.replace_all(r"\s+", " ").str.strip_chars()
    )
    texts = texts.filter(pl.col("words").str.count_matches(" ") >= LEAST_WORDS - 1)
    texts = texts.select(*keep, object="t " + pl.col("words"))
    shares = pl.concat([links, tags, roots, texts]).with_columns(
        kind=pl.col("object").str.slice(0, 1), day=pl.col("micros") // 86_400_000_000
    )
    shares = shares.filter(pl.len().over("author") >= MIN_PARTICIPATION)
    # What only one message shares can't coincide.
    return shares.with_columns(object=pl.col("object").rank("dense").cast(pl.Int32))


def coincidences(shares: pl.DataFrame) -> pl.DataFrame:
    """Pairs of shares of one object within ten seconds: the equal join is on bands of ten seconds, this and the next."""
    shared = shares.filter(pl.len().over("object") > 1).with_columns(band=pl.col("micros") // WITHIN)
    found = []
    for step in (0, 1):
        later = shared.with_columns(band=pl.col("band") - step)
        pairs = shared.join(later, on=["object", "band"], suffix="_b").filter(pl.col("author") != pl.col("author_b"))
        if step == 0:
            pairs = pairs.filter(pl.col("message") < pl.col("message_b"))
        found.append(pairs.filter((pl.col("micros") - pl.col("micros_b")).abs() <= WITHIN))
    pairs = pl.concat(found)
    swap = pl.col("author") > pl.col("author_b")
    first = lambda name: pl.when(swap).then(f"{name}_b").otherwise(name)
    second = lambda name: pl.when(swap).then(name).otherwise(f"{name}_b")
    return pairs.select(
        "object", "kind", "day",
        a=first("author"), b=second("author"), message_a=first("message"), message_b=second("message"),
    )  # fmt: skip


def expected(shares: pl.DataFrame, pairs: pl.DataFrame, weights: pl.DataFrame) -> pl.DataFrame:
    """Coincidences to be expected of a pair when those of one kind of object and day are dealt out anew: Σ 2·P·d·d′/(n(n−1))."""
    stratum = ["kind", "day"]
    dealt = shares.group_by(stratum).len("n").join(pairs.group_by(stratum).len("coincident"), on=stratum)
    rates = dealt.select(*stratum, rate=2 * pl.col("coincident") / (pl.col("n") * (pl.col("n") - 1.0)))
    degrees = shares.group_by("author", *stratum).len("degree").join(rates, on=stratum)
    left = degrees.select(*stratum, "rate", a="author", d="degree")
    right = degrees.select(*stratum, b="author", e="degree")
    both = weights.select("a", "b").join(left, on="a").join(right, on=["b", *stratum])
    chances = both.group_by("a", "b").agg(chance=(pl.col("rate") * pl.col("d") * pl.col("e")).sum())
    return weights.join(chances, on=["a", "b"], how="left").with_columns(pl.col("chance").fill_null(0))


def coordination(messages: pl.DataFrame) -> pl.DataFrame:
    shares = shares_of(messages)
    pairs = coincidences(shares)
    contents = lambda side: pl.col(f"message_{side}").n_unique()
    weights = pairs.group_by("a", "b").agg(
        pairs=pl.len(), shared_objects=pl.col("object").n_unique(), of_a=contents("a"), of_b=contents("b")
    )
    weights = expected(shares, pairs, weights).sort("a", "b")
    p = stats.poisson.sf(weights["pairs"].to_numpy() - 1, weights["chance"].to_numpy())
    q = stats.false_discovery_control(p) if len(p) else p
    above = pl.col("pairs") > weights["pairs"].quantile(QUANTILE, "linear")
    names = messages.unique("author").sort("author")["author_id"]
    return weights.with_columns(p_value=pl.Series(p), q_value=pl.Series(q)).select(
        author_a=names.gather(weights["a"] - 1),
        author_b=names.gather(weights["b"] - 1),
        pairs="pairs",
        shared_objects="shared_objects",
        symmetry=pl.min_horizontal("of_a", "of_b") / pl.max_horizontal("of_a", "of_b"),
        p_value="p_value",
        is_flagged=above & (pl.col("q_value") <= FALSE_DISCOVERIES),
    )


if __name__ == "__main__":
    use.begin()
    out = Path(sys.argv[1])
    table = coordination(read(sys.argv[2:]))
    table.write_parquet(out / "fct_coordination.parquet", compression="zstd", compression_level=3)
    use.end(pairs=len(table), flagged=table["is_flagged"].sum())
