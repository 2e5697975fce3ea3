"""Trees from parent pointers, with igraph for the cycles and the levels and numpy level by level."""

from dataclasses import dataclass

import igraph
import numpy as np


@dataclass
class Forest:
    parent: np.ndarray  # -1 at roots, cycles cut
    root: np.ndarray
    depth: np.ndarray
    size: np.ndarray  # seen messages in the subtree
    height: np.ndarray
    cut: np.ndarray
    levels: list  # nodes by depth


def grow(parent: np.ndarray, seen: int, time: np.ndarray) -> Forest:
    """`parent` over the seen nodes and, after them, the unseen roots (-1)."""
    nodes = len(parent)
    parent = parent.copy()
    cut = np.zeros(nodes, dtype=bool)
    child = np.flatnonzero(parent >= 0)
    graph = igraph.Graph(n=nodes, edges=np.column_stack([parent[child], child]), directed=True)
    strong = np.asarray(graph.connected_components(mode="strong").membership)
    on_cycle = np.flatnonzero((np.bincount(strong)[strong] > 1) | (parent == np.arange(nodes)))
    for component in np.unique(strong[on_cycle]):
        members = on_cycle[strong[on_cycle] == component]
        first = members[np.lexsort((members, time[members]))[0]]
        cut[first] = True
        parent[first] = -1

    # One breadth-first search from a node above all roots gives every depth.
    child = np.flatnonzero(parent >= 0)
    roots = np.flatnonzero(parent < 0)
    above = np.concatenate([parent[child], np.full(len(roots), nodes)])
    below = np.concatenate([child, roots])
    graph = igraph.Graph(n=nodes + 1, edges=np.column_stack([above, below]), directed=True)
    order, starts, _ = graph.bfs(nodes, mode="out")
    order = np.asarray(order)
    levels = [order[starts[level] : starts[level + 1]] for level in range(1, len(starts) - 1)]

    root = np.arange(nodes)
    depth = np.zeros(nodes, dtype=np.int64)
    for level, members in enumerate(levels[1:], 1):
        depth[members] = level
        root[members] = root[parent[members]]
    size = (np.arange(nodes) < seen).astype(np.int64)
    height = np.zeros(nodes, dtype=np.int64)
    for members in reversed(levels[1:]):
        np.add.at(size, parent[members], size[members])
        np.maximum.at(height, parent[members], height[members] + 1)
    return Forest(parent, root, depth, size, height, cut, levels)
