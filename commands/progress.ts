import { Presets, SingleBar } from 'cli-progress';
import type { RunHandle } from '../client.ts';
import { messageOf } from '../contracts/errors.ts';
import type { StepReport } from '../contracts/table.ts';
import { nightSteps } from '../workflows/night.ts';
import { seconds } from './terminal.ts';

/** Follows a run on stderr: a bar on a terminal, a line a finished step elsewhere. Call the result to end it. */
export function followRun(handle: RunHandle): () => Promise<void> {
  const show = process.stderr.isTTY ? barOf() : lineByLine();
  let ended = false;
  const following = (async () => {
    while (!ended) {
      try {
        show.steps(await handle.query<StepReport[]>('progress'));
      } catch (error) {
        // Progress is a courtesy: a server that restarts or a worker that is not there yet does not end a run.
        if (/not found/i.test(messageOf(error))) return;
      }
      await new Promise(resolve => setTimeout(resolve, 250));
    }
  })();
  return async () => {
    ended = true;
    await Promise.race([following, new Promise(resolve => setTimeout(resolve, 500))]);
    show.end();
  };
}

interface Show {
  steps(done: readonly StepReport[]): void;
  end(): void;
}

function barOf(): Show {
  const bar = new SingleBar(
    {
      format: '{bar} {value}/{total} {step} {duration_formatted}',
      stream: process.stderr,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  bar.start(nightSteps, 0, { step: 'starting' });
  return {
    steps: done => bar.update(done.length, { step: nameOf(done.at(-1)) }),
    end: () => bar.stop(),
  };
}

function lineByLine(): Show {
  let shown = 0;
  return {
    steps(done) {
      for (const step of done.slice(shown)) {
        process.stderr.write(`${nameOf(step)} ${step.outcome} in ${seconds(step.seconds)}\n`);
      }
      shown = done.length;
    },
    end() {},
  };
}

function nameOf(step: StepReport | undefined): string {
  return step === undefined ? 'starting' : `${step.stage}/${step.step}`;
}
