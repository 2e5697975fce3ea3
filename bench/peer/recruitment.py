"""
Whom to ask within a budget, as a user would write OPIM-C (Tang et al. 2018) with numpy for costs and acceptance.

python recruitment.py OUT campaign.yaml --stg_spread_ties F… --stg_persons F… --fct_candidates F… --fct_recruitment_plan F…

Those may be asked whom the night's candidates name with a cost and don't exclude, and its plan does not hold out. That plan is
judged on the same sets.
"""

import argparse
import heapq
import math
from pathlib import Path

import numpy as np
import polars as pl
import yaml

import use
from cascades import Network

DELTA = 0.01
TARGET = 0.95
FIRST_SETS, MOST_SETS = 1 << 12, 1 << 22


class Pool:
    """Sets that candidates are in; `left` is the chance of each set that nobody chosen so far takes part."""

    def __init__(self, pairs, sets: int, acceptance):
        place, candidate = pairs
        order = np.argsort(candidate, kind="stable")
        self.sets, self.acceptance = sets, acceptance
        self.member = place[order]
        self.start = np.searchsorted(candidate[order], np.arange(len(acceptance) + 1))
        self.left = np.ones(sets)

    def sets_of(self, candidate: int):
        return self.member[self.start[candidate] : self.start[candidate + 1]]

    def gain(self, candidate: int) -> float:
        return self.acceptance[candidate] * self.left[self.sets_of(candidate)].sum()

    def add(self, candidate: int) -> None:
        self.left[self.sets_of(candidate)] *= 1 - self.acceptance[candidate]

    def covered(self) -> float:
        return self.sets - self.left.sum()


def optimum_at_most(pool: Pool, cost, affordable, budget: float) -> float:
    """What is covered, and the fractional knapsack of what everybody would still add."""
    marginal = np.array([pool.gain(candidate) for candidate in affordable])
    price = cost[affordable]
    order = np.argsort(-marginal / price)
    paid = np.cumsum(price[order])
    part = np.clip((budget - paid + price[order]) / price[order], 0, 1)
    return pool.covered() + (marginal[order] * part).sum()


def choose(pool: Pool, cost, budget: float):
    """The better of lazy greedy by gain per cost and the best single; and the least bound on its way."""
    affordable = np.flatnonzero(cost <= budget)
    gains = {candidate: pool.gain(candidate) for candidate in affordable}
    best = max(gains, key=gains.get)
    heap = [(-gain / cost[candidate], candidate) for candidate, gain in gains.items()]
    heapq.heapify(heap)
    chosen, left = [], budget
    bound = optimum_at_most(pool, cost, affordable, budget)
    while heap:
        _, candidate = heapq.heappop(heap)
        if cost[candidate] > left:
            continue
        ratio = pool.gain(candidate) / cost[candidate]
        if heap and -ratio > heap[0][0]:
            heapq.heappush(heap, (-ratio, candidate))
            continue
        chosen.append(candidate)
        pool.add(candidate)
        left -= cost[candidate]
        bound = min(bound, optimum_at_most(pool, cost, affordable, budget))
    if gains[best] > pool.covered():
        return [best], gains[best], bound
    return chosen, pool.covered(), bound


def plan(network: Network, roots, candidate, cost, acceptance, budget: float, chance):
    is_candidate = np.zeros(network.people, bool)
    is_candidate[candidate] = True
    place = np.full(network.people, -1)
    place[candidate] = np.arange(len(candidate))
    rounds = int(math.log2(MOST_SETS / FIRST_SETS)) + 1
    a = math.log(3 * rounds / DELTA)
    pools = [(np.empty(0, int), np.empty(0, int))] * 2
    drawn = 0
    for sets in (FIRST_SETS << doubling for doubling in range(rounds)):
        for which, (known_set, known_candidate) in enumerate(pools):
            more_set, more = network.draw(sets - drawn, roots, is_candidate, chance)
            pools[which] = np.concatenate([known_set, more_set + drawn]), np.concatenate([known_candidate, place[more]])
        drawn = sets
        selected, _, bound = choose(Pool(pools[0], sets, acceptance), cost, budget)
        judged = Pool(pools[1], sets, acceptance)
        for one in selected:
            judged.add(one)
        covered = judged.covered()
        low = max(0, ((math.sqrt(covered + 2 * a / 9) - math.sqrt(a / 2)) ** 2 - a / 18)) * len(roots) / sets
        up = (math.sqrt(bound + a / 2) + math.sqrt(a / 2)) ** 2 * len(roots) / sets
        if low / up >= TARGET:
            break
    return selected, pools[1], sets, covered * len(roots) / sets, low, up


def main(given) -> dict:
    campaign = yaml.safe_load(given.campaign.read_text())
    budget = float(campaign["recruitment"]["budget"].split()[0])
    ties, persons, everybody, theirs = (pl.read_parquet(files) for files in given.tables)
    held_out = theirs.filter(pl.col("arm") == "hold-out").select("author_id")
    may = everybody.filter(~pl.col("is_excluded") & pl.col("cost").is_not_null()).join(held_out, on="author_id", how="anti")
    candidates = may.join(persons.select("author_id", "person_number"), on="author_id").sort("person_number")
    columns = (ties[name].to_numpy() for name in ("influencer_number", "influenced_number", "probability"))
    network = Network(persons["person_number"].max() + 1, *columns)
    roots = persons.filter("is_main", ~pl.col("is_brand"))["person_number"].to_numpy()
    cost, acceptance = (candidates[name].cast(pl.Float64).to_numpy() for name in ("cost", "acceptance"))
    numbers = candidates["person_number"].to_numpy()
    selected, pairs, sets, reach, low, up = plan(network, roots, numbers, cost, acceptance, budget, np.random.default_rng(7))
    chosen = candidates[selected].select("author_id", "cost").with_row_index("plan_rank", 1)
    chosen.write_parquet(given.out / "fct_recruitment_plan.parquet")
    night = Pool(pairs, sets, acceptance)
    place = {author: number for number, author in enumerate(candidates["author_id"])}
    for author in theirs.filter(pl.col("arm") == "ask")["author_id"]:
        night.add(place[author])
    scale = len(roots) / sets
    return {"candidates": len(candidates), "sets": sets, "ratio": low / up, "reach": reach, "reach of the night's plan": night.covered() * scale}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("campaign", type=Path)
    for name in ("stg_spread_ties", "stg_persons", "fct_candidates", "fct_recruitment_plan"):
        parser.add_argument(f"--{name}", nargs="+", required=True)
    given = parser.parse_args()
    given.tables = [given.stg_spread_ties, given.stg_persons, given.fct_candidates, given.fct_recruitment_plan]
    use.begin()
    use.end(**main(given))
