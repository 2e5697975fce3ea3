"""
Synthetic control and synthetic difference-in-differences as published packages, and a general solver of quadratic programmes, say
them. Reads the panels that bench/returns/synthetic.ts writes:

node bench/returns/synthetic.ts | python bench/returns/synthetic.py > test/methods/synthetic/recorded.json

`exact` solves by cvxopt's interior point method what we solve, `published` the paper's problem, with its ridge; `azcausal` is the paper's R code in Python with its settings:
100 rounds of Frank-Wolfe, weights under a quarter of the largest dropped, 10,000 rounds more; `converged` the same without
dropping any and until nothing changes.
"""

import json
import sys
from importlib.metadata import version

import cvxopt
import numpy as np
import pandas as pd
from azcausal.core.error import JackKnife
from azcausal.core.panel import CausalPanel
from azcausal.estimators.panel.sdid import SDID
from azcausal.util.solver import FrankWolfe
from pysyncon import Synth
from scipy import stats

cvxopt.solvers.options.update(show_progress=False, abstol=1e-13, reltol=1e-13, feastol=1e-13, maxiters=200)
CONFIDENCE = 0.95


def simplex(donors, target, ridge):
    """Weights >= 0 that sum to 1 and minimise |target - donors w|^2 + ridge |w|^2, both less their means over the rows."""
    a = donors - donors.mean(axis=0)
    b = target - target.mean()
    n = a.shape[1]
    scale = np.trace(a.T @ a) / n
    quadratic = cvxopt.matrix((a.T @ a + ridge * np.eye(n)) / scale)
    linear = cvxopt.matrix(-(a.T @ b) / scale)
    bounds = cvxopt.matrix(-np.eye(n)), cvxopt.matrix(np.zeros(n))
    total = cvxopt.matrix(np.ones((1, n))), cvxopt.matrix(1.0)
    return np.array(cvxopt.solvers.qp(quadratic, linear, *bounds, *total)["x"]).ravel()


def demeaned(y, treated, before):
    """Without unit and day means, which change no weights that sum to 1, so that the solver's digits go into the rest."""
    y = y - y[:, :before].mean(axis=1, keepdims=True)
    return y - y[~treated].mean(axis=0)


def exact_sdid(y, treated, before, days_noise, unseen=None):
    """With a ridge of λ of `days_noise` times σ."""
    control, during = ~treated, y.shape[1] - before
    noise = np.diff(y[control, :before], axis=1).std(ddof=1)
    zeta = (treated.sum() * during) ** 0.25 * noise
    d = demeaned(y, treated, before)
    omega = simplex(d[control, :before].T, d[treated, :before].mean(axis=0), before * zeta**2)
    days, flight = d[control, :before], d[control, before:].mean(axis=1)
    ridge = control.sum() * (days_noise * noise) ** 2
    lambd = simplex(days, flight, ridge)
    change = y[:, before:].mean(axis=1) - y[:, :before] @ lambd
    effect = change[treated].mean() - omega @ change[control]
    if unseen is not None:
        change = d[:, before:].mean(axis=1) - d[:, :before] @ lambd
        change[control] = unseen(days, flight, ridge, lambd)
    return {
        "effect": effect,
        "omega": omega.tolist(),
        "lambda": lambd.tolist(),
        "standardError": jackknife(change, treated, omega),
    }


def left_out(days, flight, ridge, lambd):
    """What is left over of each control by λ fitted without it, the same days being in use: a dense system for each."""
    used = lambd > 1e-7
    a = days[:, used]
    left = []
    for unit in range(len(a)):
        kept = np.arange(len(a)) != unit
        centre, level = a[kept].mean(axis=0), flight[kept].mean()
        b = a[kept] - centre
        n = b.shape[1]
        system = np.block([[b.T @ b + ridge * np.eye(n), np.ones((n, 1))], [np.ones((1, n)), np.zeros((1, 1))]])
        weights = np.linalg.solve(system, np.append(b.T @ (flight[kept] - level), 1))[:n]
        left.append(flight[unit] - level - (a[unit] - centre) @ weights)
    return np.array(left)


def jackknife(change, treated, omega):
    """Algorithm 3: leave out one unit after the other, weights as they are."""
    if treated.sum() < 2:
        return None
    weights = np.zeros(len(change))
    weights[~treated] = omega
    effects = []
    for unit in range(len(change)):
        kept = np.arange(len(change)) != unit
        own = weights[kept] / weights[kept].sum()
        effects.append(change[kept & treated].mean() - own @ change[kept])
    effects = np.array(effects)
    everything = change[treated].mean() - weights @ change
    n = len(change)
    return float(np.sqrt((n - 1) / n * np.sum((effects - everything) ** 2)))


def by_azcausal(y, treated, before, solver=None):
    days, names = range(y.shape[1]), [f"u{unit:02}" for unit in range(len(y))]
    outcome = pd.DataFrame(y.T, index=days, columns=names)
    on = pd.DataFrame(0, index=days, columns=names)
    on.iloc[before:, np.flatnonzero(treated)] = 1
    panel = CausalPanel(data={"outcome": outcome, "intervention": on}).setup()
    estimator = SDID() if solver is None else SDID(solver=solver)
    result = estimator.fit(panel)
    effect = result.effect
    answer = {
        "effect": float(effect.value),
        "omega": effect["omega"].tolist(),
        "lambda": effect["lambd"].tolist(),
    }
    if treated.sum() > 1:
        estimator.error(result, JackKnife(), f_estimate=estimator.refit(result, optimize=False, error=JackKnife()))
        answer["standardError"] = float(effect.se)
    return answer


def by_pysyncon(y, treated, before):
    """Weights by SLSQP on the outcomes less their means before; the package divides each day by its deviation, which V undoes."""
    centred = y[:, :before] - y[:, :before].mean(axis=1, keepdims=True)
    controls = pd.DataFrame(centred[~treated].T)
    target = pd.Series(centred[treated].mean(axis=0), name="treated")
    spread = pd.concat([controls, target], axis=1).std(axis=1).to_numpy()
    synth = Synth()
    synth.fit(X0=controls, X1=target, Z0=controls, Z1=target, custom_V=spread**2 / np.mean(spread**2))
    return synth.W.tolist()


def cross_fitted(y, treated, before):
    """The t-test for synthetic controls of Chernozhukov, Wuethrich & Zhu with 4 blocks as long as the flight, by its definition."""
    blocks, during = 4, y.shape[1] - before
    if before < 56 or before < blocks * during:
        return None
    length = during - (during % 7 if during >= 14 else 0)
    target, donors = y[treated].mean(axis=0), y[~treated].T
    d = demeaned(y, treated, before)
    effects = []
    for block in range(blocks):
        left = np.arange(before - (block + 1) * length, before - block * length)
        seen = np.setdiff1d(np.arange(before), left)
        weights = simplex(d[~treated][:, seen].T, d[treated][:, seen].mean(axis=0), 0)
        gap = target - donors @ weights
        effects.append(gap[before:].mean() - gap[left].mean())
    effects = np.array(effects)
    error = np.sqrt((1 + blocks * np.sqrt(length / during)) * effects.var(ddof=1) / blocks)
    times = treated.sum() * during
    reach = stats.t.ppf((1 + CONFIDENCE) / 2, blocks - 1) * error
    total = effects.mean()
    return {
        "total": times * total,
        "low": times * (total - reach),
        "high": times * (total + reach),
        "standardError": times * error,
    }


def answers(panel):
    y = np.array(panel["outcome"]).reshape(panel["units"], panel["periods"])
    treated, before = np.array(panel["treated"]) == 1, panel["before"]
    d = demeaned(y, treated, before)
    return {
        "panel": panel,
        "exact": exact_sdid(y, treated, before, 1, left_out),
        "published": exact_sdid(y, treated, before, 1e-6),
        "azcausal": by_azcausal(y, treated, before),
        "converged": by_azcausal(y, treated, before, FrankWolfe(max_iter=200_000, tol=1e-9)),
        "controlWeights": simplex(d[~treated, :before].T, d[treated, :before].mean(axis=0), 0).tolist(),
        "pysyncon": by_pysyncon(y, treated, before),
        "crossFitted": cross_fitted(y, treated, before),
    }


packages = ["azcausal", "cvxopt", "numpy", "pandas", "pysyncon", "scipy"]
json.dump(
    {
        "made": {
            "by": "bench/returns/synthetic.py",
            "panels": "bench/returns/synthetic.ts, seeds 0 to 4",
            "python": sys.version.split()[0],
            **{package: version(package) for package in packages},
        },
        "answers": [answers(panel) for panel in json.load(sys.stdin)],
    },
    sys.stdout,
)
