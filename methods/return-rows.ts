/** What came of one way to tell a return. */
export type ReturnVerdict = 'gain' | 'loss' | 'open' | 'cannot_tell' | 'bounds' | 'credit' | 'change';

/** What keeps a design from deciding, the most telling first: of several reasons the night tells the first. */
export const obstacles = ['panel', 'money', 'estimate', 'right', 'assignment'] as const;
export type Obstacle = (typeof obstacles)[number];

/** One row of `fct_returns`; NaN where a figure is unknown. */
export interface ReturnRow {
  method: string;
  /** 1 best to 6; NaN where it is no evidence of a return at all. */
  level: number;
  incremental: number;
  incrementalLow: number;
  incrementalHigh: number;
  cost: number;
  roi: number;
  roiLow: number;
  roiHigh: number;
  iroas: number;
  iroasLow: number;
  iroasHigh: number;
  verdict: ReturnVerdict;
  reason: string;
  standardError: number;
  freedom: number;
  /** Of the intervals. */
  confidence: number;
  mayDecide: boolean;
  isHeadline: boolean;
  /** Undefined for the headline itself, and where there is no headline or no interval to compare. */
  agrees: boolean | undefined;
  isUnbounded: boolean;
  treated: number;
  control: number;
  daysBefore: number;
  daysOfFlight: number;
  smallestEffect: number;
  /** Of the row that tells a change alone: sales of treated units over as many days before. */
  change: number;
  placebos: number;
  placebosApart: number;
  obstacle: Obstacle | undefined;
}

/** A row of which nothing is known yet but its name. */
export function blankRow(method: string, level: number): ReturnRow {
  const unknown = Number.NaN;
  return {
    method,
    level,
    incremental: unknown,
    incrementalLow: unknown,
    incrementalHigh: unknown,
    cost: unknown,
    roi: unknown,
    roiLow: unknown,
    roiHigh: unknown,
    iroas: unknown,
    iroasLow: unknown,
    iroasHigh: unknown,
    verdict: 'cannot_tell',
    reason: '',
    standardError: unknown,
    freedom: unknown,
    confidence: unknown,
    mayDecide: false,
    isHeadline: false,
    agrees: undefined,
    isUnbounded: false,
    treated: unknown,
    control: unknown,
    daysBefore: unknown,
    daysOfFlight: unknown,
    smallestEffect: unknown,
    change: unknown,
    placebos: unknown,
    placebosApart: unknown,
    obstacle: undefined,
  };
}
