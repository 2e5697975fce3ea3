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
ALIKE = 0.8
DAY = 86_400_000_000
URL = r"https?://[^\s]+"


def read(files) -> pl.DataFrame:
    names = ["message_id", "author_id", "created_at", "kind", "root_id", "text"]
    frame = pl.read_parquet(files, columns=names)
    frame = frame.filter(pl.col("created_at").is_between(*WINDOW, closed="left")).sort("message_id")
    return frame.with_row_index("message").with_columns(
        author=pl.col("author_id").rank("dense").cast(pl.Int32), micros=pl.col("created_at").dt.epoch("us")
    )


def shares_of(messages: pl.DataFrame) -> pl.DataFrame:
    """One row a share: author, object, message, micros; objects are links, sets of hashtags and reposted roots."""
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
    shares = pl.concat([links, tags, roots]).with_columns(kind=pl.col("object").str.slice(0, 1))
    return shares.with_columns(object=pl.col("object").rank("dense").cast(pl.Int32))


def texts_of(messages: pl.DataFrame) -> pl.DataFrame:
    """The different words of each text, rare ones first, of all texts with enough of them."""
    plain = pl.col("text").str.to_lowercase().str.replace_all(URL, " ").str.replace_all(r"[@#]\w+", " ")
    texts = messages.filter((pl.col("kind") != "reshare") & pl.col("text").is_not_null())
    words = texts.select("message", word=plain.str.extract_all(r"\p{L}+").list.unique()).explode("word").drop_nulls()
    ranks = words.group_by("word").len().sort("len", "word").select("word", rank=pl.int_range(pl.len(), dtype=pl.Int32))
    words = words.join(ranks, on="word").select("message", "rank").sort("message", "rank")
    bags = words.group_by("message", maintain_order=True).agg(bag=pl.col("rank"))
    bags = bags.filter(pl.col("bag").list.len() >= LEAST_WORDS)
    return messages.select("author", "message", "micros").join(bags, on="message")


def meetings(marked: pl.DataFrame) -> pl.DataFrame:
    """Pairs of shares by two people with one mark within ten seconds: the equal join is on bands of ten seconds, this and the next."""
    shared = marked.filter(pl.len().over("mark") > 1).with_columns(band=pl.col("micros") // WITHIN)
    found = []
    for step in (0, 1):
        later = shared.with_columns(band=pl.col("band") - step)
        pairs = shared.join(later, on=["mark", "band"], suffix="_b").filter(pl.col("author") != pl.col("author_b"))
        if step == 0:
            pairs = pairs.filter(pl.col("message") < pl.col("message_b"))
        found.append(pairs.filter((pl.col("micros") - pl.col("micros_b")).abs() <= WITHIN))
    return pl.concat(found)


def near_texts(texts: pl.DataFrame) -> pl.DataFrame:
    """Pairs of texts within ten seconds, four fifths of whose words are the same: those share one of their rarest words."""
    rarest = texts.select(
        "author", "message", "micros", mark=pl.col("bag").list.head(pl.col("bag").list.len() // 5 + 1)
    ).explode("mark")
    pairs = meetings(rarest).unique(["message", "message_b"])
    bags = texts.select("message", "bag")
    pairs = pairs.join(bags, on="message").join(bags.rename({"message": "message_b", "bag": "bag_b"}), on="message_b")
    both = pl.col("bag").list.set_intersection("bag_b").list.len()
    of_either = pl.col("bag").list.len() + pl.col("bag_b").list.len() - both
    pairs = pairs.filter(both >= ALIKE * of_either)
    first = pl.min_horizontal("message", "message_b").cast(pl.Int32)
    return pairs.with_columns(object=-1 - first, kind=pl.lit("t"), kind_b=pl.lit("t"))


def coincidences(shares: pl.DataFrame, near: pl.DataFrame) -> pl.DataFrame:
    exact = meetings(shares.rename({"object": "mark"})).rename({"mark": "object"})
    names = ["author", "author_b", "message", "message_b", "object", "kind", "micros"]
    pairs = pl.concat([exact.select(names), near.select(names)])
    swap = pl.col("author") > pl.col("author_b")
    first = lambda name: pl.when(swap).then(f"{name}_b").otherwise(name)
    second = lambda name: pl.when(swap).then(name).otherwise(f"{name}_b")
    return pairs.select(
        "object", "kind", pl.col("micros") // DAY,
        a=first("author"), b=second("author"), message_a=first("message"), message_b=second("message"),
    ).rename({"micros": "day"})  # fmt: skip


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
    shares, texts = shares_of(messages), texts_of(messages)
    everything = pl.concat([shares.select("author", "message", "micros", "kind"), texts.select("author", "message", "micros", kind=pl.lit("t"))])
    often = everything.group_by("author").len().filter(pl.col("len") >= MIN_PARTICIPATION).select("author")
    shares, texts = shares.join(often, on="author"), texts.join(often, on="author")
    everything = everything.join(often, on="author").with_columns(day=pl.col("micros") // DAY)
    pairs = coincidences(shares, near_texts(texts))
    contents = lambda side: pl.col(f"message_{side}").n_unique()
    weights = pairs.group_by("a", "b").agg(
        pairs=pl.struct("message_a", "message_b").n_unique(), shared_objects=pl.col("object").n_unique(),
        of_a=contents("a"), of_b=contents("b"),
    )  # fmt: skip
    weights = expected(everything, pairs, weights).sort("a", "b")
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
