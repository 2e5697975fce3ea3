"""
Structural time series as statsmodels fits them, by maximum likelihood: a fixed level, a regression on the control units' total, and
what is left of a day carrying over to the next. Reads the panels that bench/returns/structural-time-series.ts writes:

node bench/returns/structural-time-series.ts | python bench/returns/structural-time-series.py > test/methods/series/recorded.json
"""

import json
import sys
import warnings

import numpy as np
import scipy
import statsmodels
from statsmodels.tsa.statespace.structural import UnobservedComponents

warnings.simplefilter("ignore")


def standardised(series, before):
    return (series - series[:before].mean()) / series[:before].std(ddof=1)


def structural_time_series(y, treated, before):
    target, control = y[treated].sum(axis=0), standardised(y[~treated].sum(axis=0), before)
    centre, scale = target[:before].mean(), target[:before].std(ddof=1)
    model = UnobservedComponents(
        standardised(target, before)[:before], level="fixed intercept", exog=control[:before], autoregressive=1
    )
    fit = model.fit(disp=False, maxiter=1000)
    days = len(target) - before
    expected = fit.get_forecast(days, exog=control[before:, None]).predicted_mean * scale + centre
    share, variance = (fit.params[fit.param_names.index(name)] for name in ("ar.L1", "sigma2.ar"))
    # Of the sum, given the parameters: the noise of each day lives on in all days after it.
    carried = np.cumsum(share ** np.arange(days))
    return {
        "total": target[before:].sum() - expected.sum(),
        "standardErrorOfKnownParameters": np.sqrt(variance * np.sum(carried**2)) * scale,
        "carried": share,
        "expected": expected.tolist(),
    }


def rounded(value):
    if isinstance(value, dict):
        return {name: rounded(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    return float(f"{value:.10g}")


def main():
    recorded = []
    for panel in json.load(sys.stdin):
        y = np.array(panel["outcome"]).reshape(panel["units"], panel["periods"])
        treated = np.array(panel["treated"]) == 1
        estimate = structural_time_series(y, treated, panel["before"])
        recorded.append({"sum": round(float(y.sum()), 4), **rounded(estimate)})
    made_by = "bench/returns/structural-time-series.py on the panels of bench/returns/structural-time-series.ts, seeds 40 to 44"
    versions = {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__}
    json.dump({"made by": made_by, "versions": versions, "panels": recorded}, sys.stdout, indent=2)
    print()


main()
