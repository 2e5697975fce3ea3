"""
What influential people have in common, as a user would write it with scikit-learn: as many groups as halves foretell each
other (prediction strength), unless evenly spread points would fall into groups as well (gap statistic); bootstrapped.

python personas.py OUT --stg_persona_features F… --stg_persona_platforms F…
"""

import argparse
from pathlib import Path

import numpy as np
import polars as pl
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.impute import SimpleImputer
from sklearn.metrics import silhouette_score
from sklearn.metrics.cluster import contingency_matrix
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

import use

# The same effort as the night's: a sample for the choice, so many halvings, references and bootstrap samples.
SAMPLE = 2000
MOST_GROUPS = 8
LEAST_STRENGTH = 0.8
HALVINGS = 20
REFERENCES = 100
BOOTSTRAPS = 50
RESTARTS = 5
SKEWED = ["activeness", "clout", "receiver_talkativeness", "cie", "virality", "response_seconds"]


def group(points, k, chance, restarts=RESTARTS) -> KMeans:
    return KMeans(k, n_init=restarts, max_iter=50, random_state=int(chance.integers(2**31))).fit(points)


def strength(points, k, chance) -> float:
    """Mean over halvings of the share of pairs, in the weakest group of one half, that the other half's centres leave together."""
    found = []
    for _ in range(HALVINGS):
        order = chance.permutation(len(points))
        halves = [points[order[: len(points) // 2]], points[order[len(points) // 2 :]]]
        models = [group(half, k, chance) for half in halves]
        for here, there in ((0, 1), (1, 0)):
            table = contingency_matrix(models[here].labels_, models[there].predict(halves[here])).astype(float)
            sizes = table.sum(axis=1)
            together = (table * (table - 1)).sum(axis=1)
            found.append(np.divide(together, sizes * (sizes - 1), out=np.zeros(len(sizes)), where=sizes > 1).min())
    return float(np.mean(found))


def is_more_than_one(points, k, chance) -> bool:
    """The gap statistic of k groups against one, with boxes along the principal axes as references."""
    axes = PCA().fit(points)
    turned = axes.transform(points)
    low, high = turned.min(axis=0), turned.max(axis=0)
    spread = lambda cloud, k: np.log(group(cloud, k, chance).inertia_)
    clouds = [chance.uniform(low, high, turned.shape) for _ in range(REFERENCES)]
    references = {count: np.array([spread(cloud, count) for cloud in clouds]) for count in (1, k)}
    gap = {count: references[count].mean() - spread(turned, count) for count in (1, k)}
    doubt = references[k].std() * np.sqrt(1 + 1 / REFERENCES)
    return bool(gap[k] - doubt > gap[1])


@threadpool_limits.wrap(limits=1)
def stability(points, k, labels, chance) -> np.ndarray:
    """Of each group the mean Jaccard similarity with the most similar group of a bootstrap sample."""
    found = []
    for _ in range(BOOTSTRAPS):
        rows = chance.integers(len(points), size=len(points))
        again = group(points[rows], k, chance)
        different, first = np.unique(rows, return_index=True)
        table = contingency_matrix(labels[different], again.labels_[first]).astype(float)
        either = table.sum(axis=1, keepdims=True) + table.sum(axis=0) - table
        found.append((table / either).max(axis=1))
    return np.mean(found, axis=0)


def personas(people: pl.DataFrame, chance):
    features = people.drop("person_number", "author_id").with_columns(pl.col(SKEWED).log1p())
    values = features.to_numpy().astype(float)
    values = values[:, np.nanstd(values, axis=0) > 0]
    points = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit_transform(values)
    k, trials = choose(points, chance)
    if k == 1:
        return trials, k, np.array([]), np.full(len(points), -1)
    labels = group(points, k, chance, 20).labels_
    drawn = chance.permutation(len(points))[:SAMPLE]
    return trials, k, stability(points[drawn], k, labels[drawn], chance), labels


# Threads that wait for each other cost more than these small fits.
@threadpool_limits.wrap(limits=1)
def choose(points, chance):
    some = points[chance.permutation(len(points))[:SAMPLE]]
    trials = {}
    for k in range(2, min(MOST_GROUPS, len(some) // 10) + 1):
        model = group(some, k, chance, 20)
        trials[k] = strength(some, k, chance), float(silhouette_score(some, model.labels_))
    strong = [k for k, (strength_of_k, _) in trials.items() if strength_of_k > LEAST_STRENGTH]
    k = max(strong, default=1)
    return (k if k > 1 and is_more_than_one(some, k, chance) else 1), trials


def read(features, platforms) -> pl.DataFrame:
    """One row a person, one column a feature, NULL where unknown; the last network is what the others leave."""
    shares = pl.read_parquet(platforms).sort("platform_number").pivot("platform", index="person_number", values="share")
    shares = shares.drop(shares.columns[-1]) if shares.width > 2 else shares.select("person_number")
    people = pl.read_parquet(features).join(shares, on="person_number", how="left")
    return people.with_columns(pl.col(shares.columns).fill_null(0)).sort("person_number")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    for name in ("stg_persona_features", "stg_persona_platforms"):
        parser.add_argument(f"--{name}", nargs="+", required=True)
    given = parser.parse_args()
    use.begin()
    people = read(given.stg_persona_features, given.stg_persona_platforms)
    trials, k, stable, labels = personas(people, np.random.default_rng(7))
    members = people.select("person_number", persona_number=pl.Series(labels))
    members.write_parquet(given.out / "fct_persona_members.parquet", compression="zstd", compression_level=3)
    use.end(people=len(people), k=k, stability=stable.tolist(), strength={k: found[0] for k, found in trials.items()})
