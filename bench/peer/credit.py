"""Spread and influence of every message; forwards of which only the root is known are credited as Cas.In does."""

import math

import numpy as np

OBSERVED, ROOT, INFERRED = 0, 1, 2
RATE = 0.000068
EXACT_UP_TO = 400
LEAST_SHARE = 0.005


def credit(forest, rule, weight, time, followers):
    """Returns spread, influence, the weakest rule behind each node, and ties (responder, target, probability)."""
    seen = len(weight)
    parent = forest.parent
    nodes = len(parent)
    spread = np.zeros(nodes)
    influence = np.zeros(nodes)
    weakest = np.zeros(nodes, dtype=np.int64)
    weakest[:seen] = rule
    mass = np.maximum(np.nan_to_num(followers), 0) + 1
    inferred = np.flatnonzero(rule == INFERRED)
    at = np.maximum(time[inferred], time[parent[inferred]])
    inferred = inferred[np.lexsort((inferred, at, parent[inferred]))]
    origins, first = np.unique(parent[inferred], return_index=True)
    groups = dict(zip(origins.tolist(), np.split(inferred, first[1:])))
    has_group = np.zeros(nodes, dtype=bool)
    has_group[origins] = True
    ties = []
    for level in range(len(forest.levels) - 1, -1, -1):
        members = forest.levels[level]
        for origin in members[has_group[members]].tolist():
            credit_group(origin, groups[origin], time, mass, spread, influence, ties)
        if level == 0:
            break
        above = parent[members]
        np.maximum.at(weakest, above, weakest[members])
        known = members[rule[members] != INFERRED]
        np.add.at(spread, parent[known], weight[known])
        np.add.at(influence, parent[known], spread[known] + influence[known])
    columns = [np.concatenate(part) for part in zip(*ties)] if ties else [np.empty(0)] * 3
    return spread, influence, weakest, columns


def credit_group(origin, members, time, mass, spread, influence, ties):
    events = np.concatenate([[origin], members])
    seconds = np.maximum(time[events], time[origin]) / 1e6
    seconds -= seconds[0]
    if len(members) <= EXACT_UP_TO:
        credit_small(events, seconds, mass[events], spread, influence, ties)
    else:
        credit_large(events, seconds, mass[events], spread, influence, ties)


def credit_small(events, seconds, mass, spread, influence, ties):
    share = np.triu(mass[:, None] * np.exp(-RATE * np.abs(seconds[None, :] - seconds[:, None])), 1)
    share[:, 1:] /= share[:, 1:].sum(axis=0)
    own_spread = spread[events] + share.sum(axis=1)
    own_influence = influence[events]
    for event in range(len(events) - 1, 0, -1):
        own_influence[:event] += share[:event, event] * (own_spread[event] + own_influence[event])
    spread[events] = own_spread
    influence[events] = own_influence
    source, response = np.nonzero(share)
    ties.append((events[response], events[source], share[source, response]))


def credit_large(events, seconds, mass, spread, influence, ties):
    count = len(events) - 1
    fade = np.exp(-RATE * np.diff(seconds)).tolist()
    masses = mass.tolist()
    total = [masses[0]]
    candidates = np.array([0])
    shares = np.array([1.0])
    for event in range(1, count + 1):
        ties.append((np.full(len(candidates), events[event]), events[candidates], shares))
        faded = total[-1] * fade[event - 1]
        total.append(faded + masses[event])
        shares = shares * (faded / total[-1])
        kept = (shares > 0) & (shares >= LEAST_SHARE)
        candidates, shares = candidates[kept], shares[kept]
        own = masses[event] / total[-1]
        if own >= LEAST_SHARE:
            candidates, shares = np.append(candidates, event), np.append(shares, own)
    responses = below = 0.0
    for event in range(count, 0, -1):
        node, earlier = events[event], events[event - 1]
        responses = 1 / total[event - 1] + fade[event - 1] * responses
        below = (spread[node] + influence[node]) / total[event - 1] + fade[event - 1] * below
        spread[earlier] += masses[event - 1] * responses
        influence[earlier] += masses[event - 1] * below
    assert math.isfinite(below)
