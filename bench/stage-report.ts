import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { readConfig } from '../config.ts';
import type { Use } from './measure.ts';
import type { MeasuredStep } from './one-night.ts';
import type { Peer } from './peer.ts';
import type { Measured } from './stages.ts';

/** The last step that counts as staging; all later ones lead from staged Parquet to published tables. */
const staging = 'conversations/messages';

/** What was measured, as Markdown: by stage beside the peers, against the floor, what was answered, by step. */
export function reportOf(all: readonly Measured[]): string {
  return [machine(), ...all.flatMap(sizeReport), ...growth(all), ...all.map(stepTable)].join('\n\n');
}

function machine(): string {
  const { engine } = readConfig();
  return `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()} ${release()}, Node ${process.version}; SILLAGE_MEMORY ${process.env.SILLAGE_MEMORY ?? 'not set'} (DuckDB ${(engine.memoryBytes / 1e9).toFixed(1)} GB), ${engine.threads} threads.`;
}

function sizeReport(measured: Measured): string[] {
  return [`## ${measured.rows} messages`, stageTable(measured), againstFloor(measured), ...answers(measured)];
}

/** All of it added up; the peak is the highest of any step. */
function sumOf(steps: readonly MeasuredStep[]): Use {
  return {
    seconds: steps.reduce((sum, step) => sum + step.seconds, 0),
    cpuSeconds: steps.reduce((sum, step) => sum + step.cpuSeconds, 0),
    peakBytes: Math.max(...steps.map(step => step.peakBytes)),
  };
}

const gigabytes = ({ peakBytes }: Use) => (peakBytes / 1e9).toFixed(2);
const both = ({ seconds, cpuSeconds }: Use) => `${seconds.toFixed(2)} | ${cpuSeconds.toFixed(2)}`;
const ratio = (above: number, below: number) => (above / below).toFixed(2);

function isOf(peer: Peer, { step }: MeasuredStep): boolean {
  return peer.steps.some(name => step === name || (name.endsWith('/') && step.startsWith(name)));
}

function stageTable({ night, peers }: Measured): string {
  const lines = peers.map(({ peer, use }) => {
    const ours = sumOf(night.steps.filter(step => isOf(peer, step)));
    const names = peer.steps.map(name => name.replace(/\/$/, '')).join(', ');
    const theirs =
      use === undefined
        ? 'did not end | | | |'
        : `${both(use)} | ${ratio(ours.seconds, use.seconds)} | ${ratio(ours.cpuSeconds, use.cpuSeconds)} | ${gigabytes(use)}`;
    return `| ${names} | ${both(ours)} | ${gigabytes(ours)} | ${theirs} | ${peer.with} |`;
  });
  return [
    '| steps | ours, s | processor s | peak GB | peer, s | processor s | ours / peer | by processor | peer, peak GB | peer made with |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|---|',
    ...lines,
  ].join('\n');
}

function afterStaging({ night }: Measured): Use {
  return sumOf(night.steps.slice(1 + night.steps.findIndex(({ step }) => step === staging)));
}

function againstFloor(measured: Measured): string {
  const { night, floor } = measured;
  const line = (what: string, use: Use) =>
    `| ${what} | ${both(use)} | ${gigabytes(use)} | ${floor === undefined ? ' | ' : `${ratio(use.seconds, floor.seconds)} | ${ratio(use.cpuSeconds, floor.cpuSeconds)}`} |`;
  return [
    '| what | s | processor s | peak GB | × floor | × floor, processor |',
    '|---|--:|--:|--:|--:|--:|',
    line('the whole night', sumOf(night.steps)),
    line('staged Parquet to published tables', afterStaging(measured)),
    ...(floor === undefined ? [] : [line('the floor', floor)]),
  ].join('\n');
}

function answers({ agreement, disagreement, answers: found, peers }: Measured): string[] {
  const shown = (value: number | undefined) =>
    value === undefined ? '–' : Number.isInteger(value) ? String(value) : value.toFixed(4);
  const equal = agreement.map(({ table, rows, columns }) => {
    const largest = Math.max(...Object.values(columns).map(column => column.largest));
    return `${table} (${rows} rows, ${Object.keys(columns).length} columns, largest relative difference ${largest.toExponential(1)})`;
  });
  const told = peers.flatMap(({ peer, use }) =>
    use === undefined || Object.keys(use.figures).length === 0
      ? []
      : [`- ${peer.name}.py says: ${JSON.stringify(use.figures)}`],
  );
  return [
    ...(disagreement === undefined ? [] : [`**The night and the peer disagree:** ${disagreement}`]),
    ...(equal.length === 0 ? [] : [`The night and the peer agree in every row: ${equal.join('; ')}.`]),
    ...(found.length === 0
      ? []
      : [
          [
            '| answer | ours | peer |',
            '|---|--:|--:|',
            ...found.map(({ what, ours, theirs }) => `| ${what} | ${shown(ours)} | ${shown(theirs)} |`),
          ].join('\n'),
        ]),
    ...(told.length === 0 ? [] : [told.join('\n')]),
  ];
}

function growth(all: readonly Measured[]): string[] {
  return all.slice(1).map((larger, place) => {
    const smaller = all[place]!;
    const exponent = (value: (use: Use) => number) =>
      (
        Math.log(value(afterStaging(larger)) / value(afterStaging(smaller))) /
        Math.log(larger.rows / smaller.rows)
      ).toFixed(2);
    return `From ${smaller.rows} to ${larger.rows} messages the time after staging grows with exponent ${exponent(use => use.seconds)} (processor time: ${exponent(use => use.cpuSeconds)}).`;
  });
}

function stepTable({ rows, night }: Measured): string {
  const line = (step: MeasuredStep) => {
    const made = Object.entries(step.rows).map(([table, count]) => `${table} ${count}`);
    return `| ${step.step} | ${both(step)} | ${gigabytes(step)} | ${made.join(', ')} |`;
  };
  return [
    `### ${rows} messages, by step`,
    ['| step | s | processor s | peak GB | rows |', '|---|--:|--:|--:|---|', ...night.steps.map(line)].join(
      '\n',
    ),
  ].join('\n\n');
}
