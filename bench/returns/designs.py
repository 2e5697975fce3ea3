"""
Time-based regression, the hold-out's adjusted difference and differences in differences, as statsmodels, scipy and dense matrices
say them. Reads the panels that bench/returns/designs.ts writes:

node bench/returns/designs.ts | python bench/returns/designs.py > test/methods/designs/recorded.json
"""

import json
import sys

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats

CONFIDENCE = 0.95


def time_based_regression(y, treated, before):
    days = y.shape[1] - before
    if before < 14:
        return None
    target, control = y[treated].sum(axis=0), y[~treated].sum(axis=0)
    design = sm.add_constant(control)
    fit = sm.OLS(target[:before], design[:before]).fit()
    flight = design[before:].sum(axis=0)
    total = target[before:].sum() - flight @ fit.params
    error = np.sqrt(fit.mse_resid * days + flight @ fit.cov_params() @ flight)
    single = fit.get_prediction(design).summary_frame(alpha=1 - CONFIDENCE)
    ratio, freedom = lasting(fit.resid, design[:before], fit.mse_resid, days)
    if ratio > 1:
        level = flight @ fit.params / days / target[:before].mean()
        error *= np.sqrt(ratio) * max(1, level)
    else:
        freedom = fit.df_resid
    reach = stats.t.ppf((1 + CONFIDENCE) / 2, freedom) * error
    return {
        "total": total,
        "low": total - reach,
        "high": total + reach,
        "standardError": error,
        "freedom": freedom,
        "expected": single["mean"].tolist(),
        "expectedLow": single["obs_ci_lower"].tolist(),
        "expectedHigh": single["obs_ci_upper"].tolist(),
    }


def lasting(residuals, design, variance, days):
    """Batch means with their dense covariance, and the first-order autoregression."""
    n = len(residuals)
    length = 7 * max(1, min(n // 7 // 8, days // 7))
    count = n // length
    batches = np.zeros((count, n))
    for batch in range(count):
        batches[batch, n - (batch + 1) * length : n - batch * length] = 1
    maker = np.eye(n) - design @ np.linalg.inv(design.T @ design) @ design.T
    covariance = batches @ maker @ batches.T
    ratio = np.sum((batches @ residuals) ** 2) / np.trace(covariance) / variance
    freedom = np.trace(covariance) ** 2 / np.trace(covariance @ covariance)
    if ratio > 1:
        raw = residuals[1:] @ residuals[:-1] / (residuals @ residuals)
        rho = min(0.95, max(0, raw + (2 + 3 * raw) / n))
        correlations = rho ** np.abs(np.subtract.outer(np.arange(days), np.arange(days)))
        ratio = max(ratio, correlations.sum() / days)
    return ratio, freedom


def intention_to_treat(y, treated, before):
    days = y.shape[1] - before
    x, outcome = y[:, :before].mean(axis=1), y[:, before:].mean(axis=1)
    usual = np.median(x) - x.min()
    weights = 1 / (usual + x - x.min()) ** 2
    slope, by_weight = arm(x[~treated], outcome[~treated], weights[~treated])[:2]
    sizes = x[treated].mean() - x[~treated].mean()
    count = treated.sum()
    total = count * (outcome[treated].mean() - outcome[~treated].mean() - slope * sizes)
    multiples = [count * (1 / (~treated).sum() + sizes * by_weight), np.ones(count)]
    arms = [arm(x[group], outcome[group], weights[group]) for group in (~treated, treated)]
    variance = sum(np.sum(m**2 * variances) for m, (_, _, variances) in zip(multiples, arms))
    parts = [quadratic(x[g], weights[g], m) for g, m in zip((~treated, treated), multiples)]
    trace = sum(np.trace(part) for part in parts)
    freedom = trace**2 / sum(np.trace(part @ part) for part in parts)
    return interval(total * days, np.sqrt(variance) * days, freedom)


def arm(x, y, weights):
    """Weighted slope, what each y adds to it, and HC2's variance of each y."""
    design, root = sm.add_constant(x), np.sqrt(weights)
    fit = sm.OLS(root * y, root[:, None] * design).fit()
    by_weight = np.linalg.inv(design.T @ np.diag(weights) @ design) @ design.T @ np.diag(weights)
    return fit.params[1], by_weight[1], (fit.resid / root) ** 2 / (1 - fit.get_influence().hat_matrix_diag)


def quadratic(x, weights, multiples):
    """Bell & McCaffrey: A^½ (I − H) Ω (I − H)' A^½ with Ω = 1 / weights."""
    design = sm.add_constant(x)
    inverse = np.linalg.inv(design.T @ np.diag(weights) @ design)
    hat = design @ inverse @ design.T @ np.diag(weights)
    root = np.diag(np.abs(multiples) / np.sqrt(1 - np.diag(hat)))
    maker = np.eye(len(weights)) - hat
    return root @ maker @ np.diag(1 / weights) @ maker.T @ root


def difference_in_differences(y, treated, before):
    """Changes on sizes, a statsmodels line through each arm; the two arms' doubts together by Satterthwaite."""
    days = y.shape[1] - before
    sizes = y[:, :before].mean(axis=1)
    change = y[:, before:].mean(axis=1) - sizes
    gain, still = (sm.OLS(change[arm], sm.add_constant(sizes[arm])).fit() for arm in (treated, ~treated))
    doubts = [fit.mse_resid / fit.nobs for fit in (gain, still)]
    freedom = sum(doubts) ** 2 / sum(doubt**2 / fit.df_resid for doubt, fit in zip(doubts, (gain, still)))
    pooled = sum(((sizes[arm] - sizes[arm].mean()) ** 2).sum() for arm in (treated, ~treated)) / (len(sizes) - 2)
    apart = sizes[treated].mean() - sizes[~treated].mean()
    likely = 4 * pooled * (1 / treated.sum() + 1 / (~treated).sum())
    steep = max(0, still.params[1] ** 2 - still.bse[1] ** 2)
    error = np.sqrt(sum(doubts) + steep * min(apart**2, likely))
    times = treated.sum() * days
    return interval((change[treated].mean() - change[~treated].mean()) * times, error * times, freedom)


def interval(total, error, freedom):
    reach = stats.t.ppf((1 + CONFIDENCE) / 2, freedom) * error
    return {
        "total": total,
        "low": total - reach,
        "high": total + reach,
        "standardError": error,
        "freedom": freedom,
    }


def rounded(value):
    """Ten digits, which is more than the panels have."""
    if isinstance(value, dict):
        return {name: rounded(part) for name, part in value.items()}
    if isinstance(value, list):
        return [rounded(part) for part in value]
    return value if value is None else float(f"{value:.10g}")


def answers(panel):
    y = np.array(panel["outcome"]).reshape(panel["units"], panel["periods"])
    treated, before = np.array(panel["treated"]) == 1, panel["before"]
    return {
        "sum": y.sum(),
        "timeBasedRegression": time_based_regression(y, treated, before),
        "intentionToTreat": intention_to_treat(y, treated, before),
        "differenceInDifferences": difference_in_differences(y, treated, before) if before > 1 else None,
    }


json.dump(
    {
        "made by": "bench/returns/designs.py on the panels of bench/returns/designs.ts, seeds 20 to 24",
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
        "panels": [rounded(answers(panel)) for panel in json.load(sys.stdin)],
    },
    sys.stdout,
    indent=1,
)
