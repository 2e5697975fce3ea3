/** Units × days of one outcome, unit-major: value of unit u on period t is outcome[u * periods + t]. */
export interface Panel {
  units: number;
  periods: number;
  /**
   * Periods before the flight: 0 … before−1; the flight is before … periods−1. Days between the end of the days before and the start
   * of the flight are left out.
   */
  before: number;
  outcome: Float64Array;
  /** 1 treated, 0 control. */
  treated: Uint8Array;
}

/** One run in which nothing happened: a fake flight within the days before, or a control unit as if it had been treated. */
export interface Placebo {
  kind: 'time' | 'unit';
  /** First period of the fake flight, or the number of the unit. */
  label: number;
  total: number;
  low: number;
  high: number;
}

/** By period, all treated units together; pointwise interval of what was to be expected (NaN where the method has none). */
export interface PanelPath {
  observed: Float64Array;
  expected: Float64Array;
  low: Float64Array;
  high: Float64Array;
}

export interface PanelEstimate {
  /** Over all treated units and all days of the flight, in the unit of the outcome. NaN where refused. */
  total: number;
  low: number;
  high: number;
  standardError: number;
  /** Degrees of freedom of the interval; Infinity where normal; NaN where the interval has none (conformal, permutation). */
  freedom: number;
  /** Why this design cannot decide; undefined where it can. Figures may stand beside a refusal of power or fit, never one of missing control. */
  refusal: string | undefined;
  placebos: Placebo[];
  /** Undefined where the method has none. */
  path: PanelPath | undefined;
}

export interface PanelOptions {
  confidence: number;
  seed: number;
  /** Whether to run placebos over units; they decide nothing, and of thousands of people they would take hours. Default true. */
  hasUnitPlacebos?: boolean;
}

export type PanelEstimator = (panel: Panel, options: PanelOptions) => PanelEstimate;
