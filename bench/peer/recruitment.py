"""
Whom to ask within a budget, as a user would write OPIM-C (Tang et al. 2018) with numpy for costs and acceptance.

python recruitment.py OUT --budget 1000 --ties F… --persons F… --candidates F… [--asked F…]

`candidates`: author_id, cost, acceptance of those who may be asked; `asked`: author_id of a plan to judge on the same sets.
"""

import argparse
import heapq
import math
from pathlib import Path

import numpy as np
import polars as pl

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


def choose(pool: Pool, cost, budget: float):
    """The better of lazy greedy by gain per cost and the best single; and the bound by a knapsack of what is left."""
    gains = [pool.gain(candidate) for candidate in range(len(cost))]
    affordable = [candidate for candidate in range(len(cost)) if cost[candidate] <= budget]
    best = max(affordable, key=lambda candidate: gains[candidate])
    heap = [(-gains[candidate] / cost[candidate], candidate) for candidate in affordable]
    heapq.heapify(heap)
    chosen, left, bound = [], budget, math.inf
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
    covered = pool.covered()
    marginal = np.array([pool.gain(candidate) for candidate in affordable])
    price = np.array([cost[candidate] for candidate in affordable])
    order = np.argsort(-marginal / price)
    paid = np.cumsum(price[order])
    part = np.clip((budget - paid + price[order]) / price[order], 0, 1)
    bound = covered + (marginal[order] * part).sum()
    if gains[best] > covered:
        return [best], gains[best], bound
    return chosen, covered, bound


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


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--budget", type=float, required=True)
    for name in ("ties", "persons", "candidates"):
        parser.add_argument(f"--{name}", nargs="+", required=True)
    parser.add_argument("--asked", nargs="+")
    given = parser.parse_args()
    use.begin()
    ties = pl.read_parquet(given.ties)
    persons = pl.read_parquet(given.persons)
    people = persons["person_number"].max() + 1
    numbers = persons.select("author_id", "person_number")
    candidates = pl.read_parquet(given.candidates).join(numbers, on="author_id").sort("person_number")
    columns = (ties[name].to_numpy() for name in ("influencer_number", "influenced_number", "probability"))
    network = Network(people, *columns)
    roots = persons.filter("is_main", ~pl.col("is_brand"))["person_number"].to_numpy()
    candidate = candidates["person_number"].to_numpy()
    cost, acceptance = (candidates[name].cast(pl.Float64).to_numpy() for name in ("cost", "acceptance"))
    selected, pairs, sets, reach, low, up = plan(
        network, roots, candidate, cost, acceptance, given.budget, np.random.default_rng(7)
    )
    candidates[selected].select("author_id", "cost").write_parquet(given.out / "fct_recruitment_plan.parquet")
    figures = {"people": len(selected), "cost": float(cost[selected].sum()), "sets": sets, "reach": reach, "ratio": low / up}
    if given.asked:
        other = Pool(pairs, sets, acceptance)
        ids = candidates["author_id"].to_list()
        for author in pl.read_parquet(given.asked)["author_id"]:
            other.add(ids.index(author))
        figures["reachOfTheNightsPlan"] = other.covered() * len(roots) / sets
    use.end(**figures)
