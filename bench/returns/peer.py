"""
What a user would write for one method of the returns, with the packages that are there. Arguments: file of the panel, method. Prints
what it took and its total and interval at 95 %, as bench/returns.ts reads them.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

sys.path.insert(0, str(Path(__file__).parent.parent / "peer"))
import use  # noqa: E402

warnings.simplefilter("ignore")


def intention_to_treat(y, treated, before):
    import statsmodels.api as sm

    baseline, flight = y[:, :before].mean(axis=1), y[:, before:].mean(axis=1)
    design = np.column_stack([np.ones(len(y)), treated, baseline - baseline.mean()])
    fit = sm.OLS(flight, design).fit(cov_type="HC2", use_t=True)
    times = treated.sum() * (y.shape[1] - before)
    return fit.params[1] * times, *(fit.conf_int()[1] * times)


def time_based_regression(y, treated, before):
    import statsmodels.api as sm

    target, design = y[treated].sum(axis=0), sm.add_constant(y[~treated].sum(axis=0))
    fit = sm.OLS(target[:before], design[:before]).fit()
    flight = design[before:].sum(axis=0)
    total = target[before:].sum() - flight @ fit.params
    error = np.sqrt(fit.mse_resid * (len(target) - before) + flight @ fit.cov_params() @ flight)
    reach = stats.t.ppf(0.975, fit.df_resid) * error
    return total, total - reach, total + reach


def difference_in_differences(y, treated, before):
    change = y[:, before:].mean(axis=1) - y[:, :before].mean(axis=1)
    interval = stats.ttest_ind(change[treated], change[~treated], equal_var=False).confidence_interval()
    times = treated.sum() * (y.shape[1] - before)
    return (change[treated].mean() - change[~treated].mean()) * times, interval.low * times, interval.high * times


def synthetic_control(y, treated, before):
    """The t-test for synthetic controls with four blocks of whole weeks, as long as the flight if they fit; weights by pysyncon."""
    from pysyncon import Synth

    days, blocks = y.shape[1] - before, 4
    length = min(days - days % 7, before // blocks)
    target, donors = y[treated].mean(axis=0), y[~treated].T
    effects = []
    for block in range(blocks):
        left = np.arange(before - (block + 1) * length, before - block * length)
        seen = np.setdiff1d(np.arange(before), left)
        x0 = pd.DataFrame(donors[seen] - donors[seen].mean(axis=0))
        x1 = pd.Series(target[seen] - target[seen].mean(), name="treated")
        spread = pd.concat([x0, x1], axis=1).std(axis=1).to_numpy()
        synth = Synth()
        synth.fit(X0=x0, X1=x1, Z0=x0, Z1=x1, custom_V=spread**2 / np.mean(spread**2))
        gap = target - donors @ synth.W
        effects.append(gap[before:].mean() - gap[left].mean())
    effects = np.array(effects) * treated.sum() * days
    error = np.sqrt((1 + blocks * np.sqrt(length / days)) * effects.var(ddof=1) / blocks)
    reach = stats.t.ppf(0.975, blocks - 1) * error
    return effects.mean(), effects.mean() - reach, effects.mean() + reach


def synthetic_difference_in_differences(y, treated, before):
    from azcausal.core.error import JackKnife
    from azcausal.core.panel import CausalPanel
    from azcausal.estimators.panel.sdid import SDID

    names = [f"u{unit:03}" for unit in range(len(y))]
    outcome = pd.DataFrame(y.T, columns=names)
    on = pd.DataFrame(0, index=outcome.index, columns=names)
    on.iloc[before:, np.flatnonzero(treated)] = 1
    estimator = SDID(use_fast_jackknife=True)
    result = estimator.fit(CausalPanel(data={"outcome": outcome, "intervention": on}).setup())
    estimator.error(result, JackKnife())
    times = treated.sum() * (y.shape[1] - before)
    total, reach = result.effect.value * times, 1.959964 * result.effect.se * times
    return total, total - reach, total + reach


def structural_time_series(y, treated, before):
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    target, control = y[treated].sum(axis=0), y[~treated].sum(axis=0)
    scale = target[:before].std()
    own, other = target / scale, (control - control[:before].mean()) / control[:before].std()
    model = UnobservedComponents(own[:before], level="fixed intercept", exog=other[:before], autoregressive=1)
    days = len(target) - before
    fit = model.fit(disp=False, maxiter=1000)
    drawn = fit.simulate(days, exog=other[before:, None], anchor="end", repetitions=1000, random_state=7)
    totals = (own[before:].sum() - np.asarray(drawn).reshape(days, -1).sum(axis=0)) * scale
    return np.mean(totals), *np.quantile(totals, [0.025, 0.975])


def main():
    panel = json.loads(Path(sys.argv[1]).read_text())
    y = np.array(panel["outcome"]).reshape(panel["units"], panel["periods"])
    treated = np.array(panel["treated"]) == 1
    use.begin()
    total, low, high = globals()[sys.argv[2].replace("-", "_")](y, treated, panel["before"])
    use.end(total=float(total), low=float(low), high=float(high))


main()
