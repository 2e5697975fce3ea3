"""Hubbell's sum, PageRank and total effects over the ties of people."""

import igraph
import numpy as np
from scipy import sparse

STRONGEST = 1000
BLOCK = 50


def hubbell(ties: sparse.csr_array) -> np.ndarray:
    q = np.abs(ties).sum(axis=0).max() if ties.nnz else 0
    score = np.ones(ties.shape[0])
    term = score
    while True:
        term = ties @ term
        if np.abs(term).sum() / (1 - q) <= 1e-10 * np.abs(score).sum():
            return score
        score = score + term


def pagerank(people: int, source, target, weight) -> np.ndarray:
    kept = weight > 0
    graph = igraph.Graph(n=people, edges=np.column_stack([source[kept], target[kept]]), directed=True)
    return np.asarray(graph.pagerank(damping=0.85, weights=weight[kept].tolist()))


def total_effects(ties: sparse.csr_array, score: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """h = W + W² + … from the strongest people to each one they have a tie to: (from, to, h)."""
    strongest = np.sort(np.lexsort((np.arange(len(score)), -np.abs(score)))[:STRONGEST])
    forward = ties.T.tocsr()
    found = []
    for start in range(0, len(strongest), BLOCK):
        sources = strongest[start : start + BLOCK]
        term = ties[sources].toarray().T
        total = term.copy()
        while np.abs(term).max() > 1e-10:
            term = forward @ term
            total += term
        for place, source in enumerate(sources):
            targets = ties.indices[ties.indptr[source] : ties.indptr[source + 1]]
            found.append((np.full(len(targets), source), targets, total[targets, place]))
    return tuple(np.concatenate(part) for part in zip(*found))
