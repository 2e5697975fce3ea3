import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { Interrupted } from './commands/interrupt.ts';
import { coloured, type Terminal, terminal } from './commands/terminal.ts';
import { FatalError, messageOf } from './contracts/errors.ts';
import { isStage, type Stage, stages } from './contracts/stages.ts';

// Every command's code is loaded when it runs: `--help` and `query` need no Temporal client.

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

const program = new Command('sillage')
  .description('Who moves whom: conversations in, influence published as Parquet, every night.')
  .version(version)
  .configureHelp({ sortSubcommands: false, showGlobalOptions: true })
  .option('--json', 'print one JSON document on stdout')
  .showHelpAfterError('(see --help)')
  .exitOverride();

program
  .command('run')
  .argument('<campaign.yaml>')
  .description('run one night and wait for it')
  .option(
    '--interval <FROM/TO>',
    'UTC days, the second excluded; default: the last full day before the newest message',
  )
  .addOption(
    stageOption('--from', 'run this stage and all after it, on what is committed before').conflicts('only'),
  )
  .addOption(stageOption('--only', 'run this stage alone; publishes only if it is "publish"'))
  .option('--force', 'compute again and compare with what is committed')
  .addHelpText(
    'after',
    `
Examples:
  sillage run data/sample/campaign.yaml
  sillage run campaign.yaml --interval 2026-03-27/2026-03-28
  sillage run campaign.yaml --from influence
  sillage run campaign.yaml --json | jq .published.tables`,
  )
  .action(async (file, options) => {
    const { run } = await import('./commands/run.ts');
    await run(speaking(), file, { interval: options.interval, scope: scopeOf(options) });
  });

program
  .command('up')
  .argument('[campaign.yaml...]')
  .description('server (if embedded), worker, schedules; stays up; a second start joins the first')
  .addHelpText('after', '\nExample:\n  sillage up campaigns/*.yaml')
  .action(async files => (await import('./commands/up.ts')).up(speaking(), files));

program
  .command('worker')
  .description('a worker alone, for production; needs a Temporal server or joins the embedded one')
  .option(
    '--queues <kinds>',
    'orchestrate, collect, compute; separated by commas',
    'orchestrate,collect,compute',
  )
  .addHelpText('after', '\nExample:\n  TEMPORAL_ADDRESS=temporal:7233 sillage worker --queues compute')
  .action(async options => (await import('./commands/worker.ts')).worker(speaking(), options.queues));

const schedule = program.command('schedule').description('schedules reconciled from campaign files');
schedule
  .command('apply')
  .argument('<campaign.yaml...>')
  .description("make the server's schedules what the files say; an operator's pause is kept")
  .action(async files => (await import('./commands/schedule.ts')).apply(speaking(), files));
schedule
  .command('list')
  .description('all schedules: when they ran, when they run next, whether they are paused')
  .action(async () => (await import('./commands/schedule.ts')).list(speaking()));
schedule
  .command('pause')
  .argument('<campaign>')
  .option('--note <text>', 'why, for the next operator')
  .description('start no more nights')
  .action(async (campaign, { note }) =>
    (await import('./commands/schedule.ts')).pause(speaking(), campaign, note),
  );
schedule
  .command('resume')
  .argument('<campaign>')
  .description('start nights again')
  .action(async campaign => (await import('./commands/schedule.ts')).resume(speaking(), campaign));
schedule
  .command('trigger')
  .argument('<campaign>')
  .description('start the night of yesterday now; a worker must be up to run it')
  .action(async campaign => (await import('./commands/schedule.ts')).trigger(speaking(), campaign));
schedule
  .command('backfill')
  .argument('<campaign.yaml>')
  .argument('<FROM/TO>', 'UTC days, the second excluded')
  .description('run the nights of the past, the oldest first, and wait for them')
  .addHelpText('after', '\nExample:\n  sillage schedule backfill campaign.yaml 2026-03-01/2026-03-08')
  .action(async (file, interval) =>
    (await import('./commands/backfill.ts')).backfill(speaking(), file, interval),
  );

program
  .command('runs')
  .option('--campaign <name>', 'only of this campaign')
  .option('--limit <n>', 'how many, the newest first', wholeNumber, 20)
  .description('runs that the server remembers')
  .action(async options => (await import('./commands/runs.ts')).runs(speaking(), options));

program
  .command('status')
  .argument('<run>')
  .description('what a run did, is doing, or why it failed')
  .action(async run => (await import('./commands/status.ts')).status(speaking(), run));

program
  .command('rerun')
  .argument('<run>')
  .description('run a night again with the raw files that it had')
  .addOption(
    stageOption('--from', 'run this stage and all after it, on what is committed before').conflicts('only'),
  )
  .addOption(stageOption('--only', 'run this stage alone; publishes only if it is "publish"'))
  .option('--force', 'compute again and compare with what is committed')
  .option('--dry-run', 'say what would be reused, computed and published; do nothing')
  .addHelpText(
    'after',
    '\nExample:\n  sillage rerun gelato-spring_2026-03-28_2026-03-29_1 --from influence --dry-run',
  )
  .action(async (run, options) =>
    (await import('./commands/rerun.ts')).rerun(speaking(), run, scopeOf(options)),
  );

program
  .command('query')
  .argument('<SQL>')
  .description('ask the published tables, each a view')
  .option('--campaign <name>', 'only of this campaign')
  .option('--as-of <day>', 'as the night of that day published them')
  .addOption(new Option('--csv', 'as CSV').conflicts(['arrow']))
  .addOption(new Option('--arrow', 'as an Arrow stream').conflicts(['csv']))
  .addHelpText(
    'after',
    `
Examples:
  sillage query "SELECT author_id, cie, cie_rank FROM fct_influencers ORDER BY cie_rank LIMIT 5"
  sillage query "FROM fct_quality" --csv > quality.csv`,
  )
  .action(async (sql, options) => (await import('./commands/query.ts')).query(speaking(), sql, options));

program
  .command('quarantine')
  .argument('<campaign>', 'name of the campaign')
  .option('--limit <n>', 'how many rows', wholeNumber, 50)
  .description('rows that were refused: file, line, reason')
  .action(async (campaign, options) => {
    await (await import('./commands/quarantine.ts')).quarantine(speaking(), campaign, options.limit);
  });

program
  .command('check')
  .argument('<campaign.yaml>')
  .description(
    'find every fault of a campaign file, try its sources, estimate rows, disk and time; writes nothing',
  )
  .addHelpText('after', '\nExample:\n  sillage check data/sample/campaign.yaml')
  .action(async file => (await import('./commands/check.ts')).check(speaking(), file));

program
  .command('doctor')
  .description('what is installed, reachable and writable, and what to do about what is not')
  .action(async () => (await import('./commands/doctor.ts')).doctor(speaking()));

program
  .command('catalog')
  .argument('<campaign>')
  .description('rebuild catalog.duckdb for the place where the lake lies now')
  .action(async campaign => (await import('./commands/catalog.ts')).catalog(speaking(), campaign));

function speaking(): Terminal {
  return terminal(program.opts().json === true);
}

function stageOption(flag: string, description: string): Option {
  return new Option(`${flag} <stage>`, `${description} (${stages.join(', ')})`).argParser(word => {
    if (!isStage(word)) throw new InvalidArgumentError(`It is none of ${stages.join(', ')}.`);
    return word;
  });
}

function scopeOf(options: { from?: Stage; only?: Stage; force?: boolean; dryRun?: boolean }) {
  const { from, only, force, dryRun } = options;
  return {
    ...(from === undefined ? {} : { from }),
    ...(only === undefined ? {} : { only }),
    ...(force ? { force } : {}),
    ...(dryRun ? { dryRun } : {}),
  };
}

function wholeNumber(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new InvalidArgumentError('It is not a whole number above 0.');
  return Number(text);
}

/** 0 done, 1 failed, 2 wrong use, 130 interrupted. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interrupted) return 130;
  const failure = failureOf(error);
  process.stderr.write(`${coloured('red', failure)}\n`);
  return 1;
}

/** One line (a list of faults may follow it); the stack only for what is our own fault. */
function failureOf(error: unknown): string {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const type = (cause as { type?: unknown }).type;
    if (cause instanceof FatalError || type === 'FatalError' || type === 'NightsFailed') return cause.message;
  }
  const root = rootOf(error);
  const detail = process.env.SILLAGE_LOG === 'debug' && root instanceof Error ? `\n${root.stack}` : '';
  return `${messageOf(root)} — this should not happen; SILLAGE_LOG=debug shows more${detail}`;
}

function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error;
}

try {
  await program.parseAsync();
  process.exitCode = process.exitCode ?? 0;
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
// Native threads of DuckDB and Temporal must not keep a finished command alive.
process.stdout.write('', () => process.exit());
