"""
Who cares about which topic, as a user would write it with scikit-learn, snowballstemmer, scipy and numpy.

python interests.py OUT campaign.yaml STAGED.parquet…
"""

import sys
from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl
import snowballstemmer
import yaml
from scipy import optimize, sparse, special
from sklearn.feature_extraction.text import CountVectorizer
from stopwordsiso import stopwords

import use

WINDOW = (datetime(2026, 1, 1), datetime(2026, 4, 1))
STEMMERS = {"en": "english", "fr": "french"}
LEAST_SUPPORT = 5
LEAST_PEOPLE = 3
SURE = 10.83  # of G², one degree of freedom, .001
PRIOR_TOKENS = 100
IGNORED = r"https?://\S+|[@]\w+|\d+"


def read(files) -> pl.DataFrame:
    names = ["author_id", "created_at", "kind", "text", "language"]
    frame = pl.read_parquet(files, columns=names)
    own = pl.col("created_at").is_between(*WINDOW, closed="left") & (pl.col("kind") != "reshare")
    frame = frame.filter(own & pl.col("text").is_not_null())
    return frame.with_columns(
        pl.col("text").str.replace_all(IGNORED, " "), author=pl.col("author_id").rank("dense").cast(pl.Int64) - 1
    )


def count_words(messages: pl.DataFrame):
    """Messages × stems, and the stems: counted by language, words of one stem added up."""
    blocks, rows, stems = [], [], {}
    for (language,), part in messages.with_row_index("row").group_by("language", maintain_order=True):
        stop = sorted(stopwords([language]) if language in STEMMERS else stopwords(["en", "fr"]))
        counter = CountVectorizer(strip_accents="unicode", stop_words=strip(stop), dtype=np.int32)
        counts = sparse.csr_array(counter.fit_transform(part["text"]))
        words = counter.get_feature_names_out().tolist()
        stemmed = stem(words, language)
        column = np.array([stems.setdefault(word, len(stems)) for word in stemmed])
        merge = sparse.csr_array((np.ones(len(words), np.int32), (np.arange(len(words)), column)))
        blocks.append(counts @ merge)
        rows.append(part["row"].to_numpy())
    for block in blocks:
        block.resize(block.shape[0], len(stems))
    stacked = sparse.vstack(blocks, format="csr")
    order = np.argsort(np.concatenate(rows), kind="stable")
    return stacked[order], stems


def strip(words) -> list[str]:
    """Stop words as the counter's own words are: without accents, cut at elisions."""
    counter = CountVectorizer(strip_accents="unicode")
    return counter.fit(words).get_feature_names_out().tolist()


def stem(words, language) -> list[str]:
    return snowballstemmer.stemmer(STEMMERS[language]).stemWords(words) if language in STEMMERS else list(words)


def stems_of(words, stems) -> list[int]:
    counter = CountVectorizer(strip_accents="unicode").build_analyzer()
    forms = {form for word in words for part in counter(word) for language in (*STEMMERS, None) for form in stem([part], language)}
    return [stems[form] for form in sorted(forms) if form in stems]


def lexicon(present, about, author) -> np.ndarray:
    """Weight of each stem: its NPMI with the messages about the topic, where there is enough to be sure."""
    total = present.shape[0]
    with_word = present.sum(axis=0)
    together = present[about].sum(axis=0)
    topical = about.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        p = together / total
        npmi = np.log(p / (with_word / total * topical / total)) / -np.log(p)
        g2 = 0.0
        for seen, of in ((together, topical), (with_word - together, total - topical)):
            share = with_word / total
            g2 = g2 + 2 * (special.xlogy(seen, seen / (of * share)) + special.xlogy(of - seen, (of - seen) / (of * (1 - share))))
    row, column = present[about].nonzero()
    pairs = np.unique(author[about][row] * present.shape[1] + column)
    people = np.bincount(pairs % present.shape[1], minlength=present.shape[1])
    sure = (together >= LEAST_SUPPORT) & (people >= LEAST_PEOPLE) & (g2 > SURE)
    return np.where(sure, np.maximum(0, np.nan_to_num(npmi)), 0)


def fit_shares(mass, tokens) -> tuple[float, float]:
    """Mean and precision of a beta-binomial by maximum likelihood."""

    def loss(at):
        mean, precision = special.expit(at[0]), np.exp(at[1])
        a, b = mean * precision, (1 - mean) * precision
        return -(special.betaln(mass + a, tokens - mass + b) - special.betaln(a, b)).sum()

    start = [special.logit(mass.sum() / tokens.sum()), np.log(20)]
    found = optimize.minimize(loss, start, method="Nelder-Mead")
    return special.expit(found.x[0]), np.exp(found.x[1])


def interests(messages: pl.DataFrame, campaign) -> tuple[pl.DataFrame, dict]:
    counts, stems = count_words(messages)
    present = (counts > 0).astype(np.int32).tocsr()
    author = messages["author"].to_numpy()
    people = messages.unique("author").sort("author")["author_id"]
    by_author = sparse.csr_array((np.ones(len(author)), (author, np.arange(len(author)))))
    tokens = by_author @ counts.sum(axis=1)
    tables, topics = [], {}
    for topic, words in campaign["topics"].items():
        seeds = stems_of(words, stems)
        other = stems_of(campaign.get("exclude", {}).get(topic, []), stems)
        excluded = present[:, other].sum(axis=1) > 0 if other else np.zeros(len(author), bool)
        about = (present[:, seeds].sum(axis=1) > 0) & ~excluded
        weight = lexicon(present, about, author)
        weight[seeds] = 1
        mass = by_author @ np.where(excluded, 0, counts @ weight)
        talking = tokens > 0
        mean, precision = fit_shares(mass[talking], tokens[talking])
        y, n = mass, tokens
        rest, others = mass.sum() - y, tokens.sum() - n
        prior = PRIOR_TOKENS * mass.sum() / tokens.sum()
        odds = lambda y, n: np.log((y + prior) / (n + PRIOR_TOKENS - y - prior))
        z = (odds(y, n) - odds(rest, others)) / np.sqrt(1 / (y + prior) + 1 / (rest + prior))
        share = np.divide(y, n, out=np.full(len(n), np.nan), where=talking)
        table = pl.DataFrame({
            "author_id": people, "topic": [topic] * len(people), "topic_tokens": y, "tokens": n, "share": share,
            "si": (y + precision * mean) / (n + precision), "lift": share / (mass.sum() / tokens.sum()), "z": z,
        })  # fmt: skip
        tables.append(table.filter(pl.col("topic_tokens") > 0))
        topics[topic] = {
            "messages": int(about.sum()), "talkers": int(np.unique(author[about]).size), "words": int((weight > 0).sum()),
            "mean": float(mean), "precision": float(precision),
        }  # fmt: skip
    return pl.concat(tables).sort("author_id", "topic"), topics


if __name__ == "__main__":
    use.begin()
    out = Path(sys.argv[1])
    campaign = yaml.safe_load(Path(sys.argv[2]).read_text())
    table, topics = interests(read(sys.argv[3:]), campaign)
    table.write_parquet(out / "fct_interests.parquet", compression="zstd", compression_level=3)
    use.end(rows=len(table), topics=topics)
