import type { Session } from '../engine/engine.ts';
import type { SourceTrial } from './trial.ts';

/** About what the first night of a campaign takes. */
export interface Estimate {
  rows: number;
  disk: {
    /** The raw files, kept as they came. */
    raw: number;
    /** All tables; the published ones are the same files under a second name. */
    tables: number;
    published: number;
  };
  seconds: number;
}

// Measured by running whole nights on two cores of an AMD EPYC with DuckDB 1.5.5: the world of bench/world.ts with a
// million rows (410 MB of tables, of which 182 MB published, in 88 s) and with a hundred thousand (43 MB, 11 s), and the
// sample campaign (23,000 rows in 26 files; 5.4 MB, of which 3.2 MB published, in 8 s). Where the ids are short, as in
// the sample, tables take about half.
const tableBytesPerRow = 410;
const publishedBytesPerRow = 182;
const secondsPerRow = 85e-6;
const secondsPerFile = 0.1;
/** Server, workers, and a night's steps over next to nothing. */
const secondsPerNight = 3;
/** What `measureSpeed` took there. */
const referenceSeconds = 0.055;

/**
 * Estimates the first night over tried sources; later nights reuse what has not changed.
 *
 * @param speed of this machine, 1 for the one on which the figures were measured
 */
export function estimateNight(trials: readonly SourceTrial[], speed: number): Estimate {
  const total = (value: (trial: SourceTrial) => number) =>
    trials.reduce((sum, trial) => sum + value(trial), 0);
  const rows = total(trial => trial.rows);
  const files = total(trial => trial.files);
  const seconds = (secondsPerNight + files * secondsPerFile + rows * secondsPerRow) / speed;
  return {
    rows,
    disk: {
      raw: total(trial => trial.bytes),
      tables: rows * tableBytesPerRow,
      published: rows * publishedBytesPerRow,
    },
    seconds: Math.round(seconds * 10) / 10,
  };
}

/** How fast this machine is now: the time of the reference for a piece of work by the best of three times here. */
export async function measureSpeed(session: Session): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < 3; time++) {
    const started = performance.now();
    await session.rows(
      'SELECT CAST(sum(h % 7) AS BIGINT) AS s FROM (SELECT hash(i * 64) AS h FROM range(1000000) numbers(i) ORDER BY h)',
    );
    times.push((performance.now() - started) / 1000);
  }
  return referenceSeconds / Math.min(...times);
}
