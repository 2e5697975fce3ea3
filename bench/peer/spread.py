"""
OPIM-C by another implementation (pynetim, C++), and what its choice and ours reach when a third one (cynetdiff, C++) plays
cascades forwards.

python spread.py TIES SEATS EPSILON [PERSON,PERSON…]   TIES as bench/spread.ts --ties writes them; PERSONs are our choice
"""

import json
import resource
import sys
import time

import numpy as np
from cynetdiff.models import IndependentCascadeModel
from pynetim import IMGraph, OPIMCAlgorithm

RUNS = 2000


def played(start, target, chance, people) -> tuple[float, float]:
    model = IndependentCascadeModel(start, target, activation_probs=chance)
    model.set_rng(1)
    model.set_seeds(people)
    counts = np.empty(RUNS)
    for run in range(RUNS):
        model.reset_model()
        model.advance_until_completion()
        counts[run] = model.get_num_activated_nodes()
    return counts.mean(), counts.std() / np.sqrt(RUNS)


def main(path: str, seats: str, epsilon: str, ours: str = "") -> None:
    ties = np.loadtxt(path)
    source, target = ties[:, 0].astype(np.int64), ties[:, 1].astype(np.int64)
    people = int(max(source.max(), target.max())) + 1
    graph = IMGraph(list(zip(source.tolist(), target.tolist())), weights=ties[:, 2].tolist(), renumber=False)

    began, before = time.perf_counter(), time.process_time()
    algorithm = OPIMCAlgorithm(graph, "IC", random_seed=1)
    chosen = sorted(algorithm.run(int(seats), float(epsilon), 0.001))
    seconds, processor = time.perf_counter() - began, time.process_time() - before

    start = np.searchsorted(source, np.arange(people)).astype(np.uint32)
    csr = start, target.astype(np.uint32), ties[:, 2].astype(np.float32)
    answer = {
        "seconds": round(seconds, 1),
        "processorSeconds": round(processor, 1),
        "peakGB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
        "ratio": algorithm.get_approximation(),
        "estimate": algorithm.get_influence(),
        "played": played(*csr, chosen),
    }
    if ours:
        mine = [int(person) for person in ours.split(",")]
        answer |= {"played ours": played(*csr, mine), "in common": len(set(mine) & set(chosen))}
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
