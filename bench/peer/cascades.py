"""Reverse-reachable sets of the independent cascade model, drawn many at a time with numpy."""

import numpy as np

BATCH = 1 << 16


class Network:
    """Ties by whom they move: `start[v] … start[v + 1]` are the ties into v."""

    def __init__(self, people: int, influencer, influenced, probability):
        order = np.argsort(influenced, kind="stable")
        self.people = people
        self.influencer = influencer[order].astype(np.int64)
        self.probability = probability[order]
        self.start = np.zeros(people + 1, np.int64)
        np.cumsum(np.bincount(influenced, minlength=people), out=self.start[1:])

    def draw(self, count: int, roots, is_candidate, chance):
        """(set, candidate) of all candidates in `count` sets with roots from the array `roots`."""
        found = [self.draw_batch(min(BATCH, count - first), first, roots, is_candidate, chance) for first in range(0, count, BATCH)]
        return tuple(np.concatenate(part) for part in zip(*found))

    def draw_batch(self, count, first, roots, is_candidate, chance):
        # A set and a person as one number, so that who was reached before is found by search in a sorted array.
        front = np.arange(count) * self.people + chance.choice(roots, count)
        seen = front
        while len(front):
            person = front % self.people
            degree = self.start[person + 1] - self.start[person]
            tie = np.repeat(self.start[person] - np.cumsum(degree) + degree, degree) + np.arange(degree.sum())
            live = chance.random(len(tie)) < self.probability[tie]
            reached = np.unique(np.repeat(front - person, degree)[live] + self.influencer[tie[live]])
            place = np.searchsorted(seen, reached)
            front = reached[(place == len(seen)) | (seen[np.minimum(place, len(seen) - 1)] != reached)]
            seen = np.sort(np.concatenate([seen, front]), kind="stable")
        of_candidates = seen[is_candidate[seen % self.people]]
        return of_candidates // self.people + first, of_candidates % self.people
