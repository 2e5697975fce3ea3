/** What of a campaign is missing, and what can be done about it. */

/**
 * `next round`: the collector asks for it again by itself. `fill`: only `gaps --fill` does. `lost`: the network no longer
 * serves it, or the campaign no longer asks for it.
 */
export type Remedy = 'next round' | 'fill' | 'lost';

/** A stretch that a standing question was asked over and that nothing covered since. */
export interface Hole {
  query: string;
  /** ISO in UTC; the second is excluded. */
  from: string;
  to: string;
  hours: number;
  outcome: 'limited' | 'failed' | 'partial';
  /** Why, as the collector wrote it; empty where nothing says. */
  reason: string;
  remedy: Remedy;
}

/** Questions about messages of one kind that are due in a lane. */
export interface DueQuestions {
  kind: string;
  /** Asked by the next round. */
  next: number;
  /** Tried three times in vain: only `gaps --fill` asks again. */
  givenUp: number;
}

export interface LaneGaps {
  lane: string;
  source: string;
  /** When it was collected last, ISO in UTC; null where never. */
  last: string | null;
  /** Nothing was collected for twice as long as `every` says. */
  late: boolean;
  holes: Hole[];
  questions: DueQuestions[];
  /** Why its source can not be opened here, in a line: what it misses is then not known. */
  refused?: string;
}

/** Days in a row without a committed night; `to` is excluded. */
export interface MissingNights {
  from: string;
  to: string;
  nights: number;
}

export interface Gaps {
  campaign: string;
  /** The campaign file that the lake knows. */
  file: string;
  nights: MissingNights[];
  lanes: LaneGaps[];
}
