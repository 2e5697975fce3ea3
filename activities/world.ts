import type { Engine } from '../engine/engine.ts';
import type { Lake } from '../lake/lake.ts';
import type { Networks } from '../sources/networks.ts';

/** What one attempt of an activity is given by whoever runs it: Temporal, a test, a debugger. */
export interface Attempt {
  /** Aborted when the attempt is to stop; its reason is rethrown. */
  signal: AbortSignal;
  /** Says that the attempt lives and, where known, how far it is (0..1). */
  progress(share: number | undefined): void;
}

/** The real world, as the activities see it. */
export interface World {
  lake: Lake;
  engine: Engine;
  codeVersion: string;
  /** The key under which ids leave as pseudonyms; made in the lake when undefined. */
  pseudonymKey: string | undefined;
  attempt(): Attempt;
  networks: Networks;
}
