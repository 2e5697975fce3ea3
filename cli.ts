import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { addCollectCommand } from './commands/collectProgram.ts';
import { exitCodeOf } from './commands/failure.ts';
import { day, intervalText, queuesOption, scopeOf, stageOption, wholeNumber } from './commands/options.ts';
import { addRepairCommands } from './commands/repairProgram.ts';
import { addRetentionCommand } from './commands/retentionProgram.ts';
import { addScheduleCommands } from './commands/scheduleProgram.ts';
import { type Terminal, terminal } from './commands/terminal.ts';
import { languages } from './report/language.ts';

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
    intervalText,
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
  .addOption(queuesOption())
  .addHelpText('after', '\nExample:\n  TEMPORAL_ADDRESS=temporal:7233 sillage worker --queues compute')
  .action(async options => (await import('./commands/worker.ts')).worker(speaking(), options.queues));

addCollectCommand(program, speaking);
addScheduleCommands(program, speaking);

program
  .command('runs')
  .option('--campaign <name>', 'only of this campaign')
  .option('--limit <n>', 'how many, the newest first', wholeNumber, 20)
  .description('runs that the server remembers')
  .addHelpText('after', '\nExample:\n  sillage runs --campaign gelato-spring --limit 5')
  .action(async options => (await import('./commands/runs.ts')).runs(speaking(), options));

program
  .command('status')
  .argument('<run>')
  .description('what a run did, is doing, or why it failed')
  .addHelpText('after', '\nExample:\n  sillage status gelato-spring_2026-03-28_2026-03-29_1')
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

addRepairCommands(program, speaking);
addRetentionCommand(program, speaking);

program
  .command('query')
  .argument('<SQL>')
  .description('ask the published tables, each a view')
  .option('--campaign <name>', 'only of this campaign')
  .option('--as-of <day>', 'as the night of that day published them', day)
  .option('--csv', 'as CSV')
  .option('--arrow', 'as an Arrow stream')
  .addHelpText(
    'after',
    `
Examples:
  sillage query "SELECT author_id, cie, cie_rank FROM fct_influencers ORDER BY cie_rank LIMIT 5"
  sillage query "FROM fct_quality" --csv > quality.csv`,
  )
  .action(async (sql, options, command: Command) => {
    const forms = [speaking().json && '--json', options.csv && '--csv', options.arrow && '--arrow'].filter(
      Boolean,
    );
    if (forms.length > 1) command.error(`error: choose one of ${forms.join(' and ')}`, { exitCode: 2 });
    await (await import('./commands/query.ts')).query(speaking(), sql, options);
  });

program
  .command('plan')
  .description('the recruitment plan')
  .addHelpText('after', '\nExample:\n  sillage plan export gelato-spring --out plan.csv')
  .command('export')
  .argument('<campaign>', 'name of the campaign')
  .requiredOption('--out <file>', 'the CSV to write: one row a person to ask, with the ids of their accounts')
  .option('--force', 'replace the file if it is there')
  .description(
    'whom to ask, with the own ids of their accounts: only this and `incentives export` turn pseudonyms back',
  )
  .addHelpText('after', '\nExample:\n  sillage plan export gelato-spring --out plan.csv')
  .action(async (campaign, options) => {
    await (await import('./commands/plan.ts')).exportPlan(speaking(), campaign, options);
  });

program
  .command('report')
  .argument('<campaign>', 'name of the campaign')
  .description('the page: what came back, whom to ask, who moves others; one HTML file without scripts')
  .option('--as-of <day>', 'of the night of that day', day)
  .addOption(new Option('--language <language>', 'of the page').choices(languages).default('en'))
  .option('--out <file>', 'write a copy there, to send or to keep')
  .option('--force', 'replace the file if it is there')
  .option('--open', 'show it in the browser')
  .addHelpText('after', '\nExample:\n  sillage report gelato-spring --language fr --open')
  .action(async (campaign, options) =>
    (await import('./commands/report.ts')).report(speaking(), campaign, options),
  );

program
  .command('quarantine')
  .argument('<campaign>', 'name of the campaign')
  .option('--limit <n>', 'how many rows', wholeNumber, 50)
  .description('rows that were refused: file, line, reason')
  .addHelpText(
    'after',
    '\nExample:\n  sillage quarantine gelato-spring --json | jq ".[].reason" | sort | uniq -c',
  )
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
  .argument('[campaign.yaml...]')
  .description('what is installed, writable, reachable (networks of campaigns too), and what to do about it')
  .addHelpText('after', '\nExamples:\n  sillage doctor --json | jq .ready\n  sillage doctor campaigns/*.yaml')
  .action(async files => (await import('./commands/doctor.ts')).doctor(speaking(), files));

program
  .command('catalog')
  .argument('<campaign>')
  .description('rebuild catalog.duckdb for the place where the lake lies now')
  .addHelpText('after', '\nExample:\n  sillage catalog gelato-spring')
  .action(async campaign => (await import('./commands/catalog.ts')).catalog(speaking(), campaign));

program
  .command('incentives')
  .description('what influencers earned')
  .addHelpText('after', '\nExample:\n  sillage incentives export gelato-spring --out payments.csv')
  .command('export')
  .argument('<campaign>', 'name of the campaign')
  .requiredOption('--out <file>', 'the CSV to write: one row a person, with the ids of their accounts')
  .option('--since <day>', 'only what nights of this day and after entered', day)
  .option('--force', 'replace the file if it is there')
  .description('the published ledger for payment, refunds taken off')
  .addHelpText('after', '\nExample:\n  sillage incentives export gelato-spring --out payments.csv')
  .action(async (campaign, options) =>
    (await import('./commands/incentives.ts')).exportIncentives(speaking(), campaign, options),
  );

function speaking(): Terminal {
  return terminal(program.opts().json === true);
}

// Whoever reads our output may have seen enough: `sillage query … | head`. What is at work still ends in order.
process.stdout.on('error', error => {
  if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
  process.exitCode = process.exitCode ?? 0;
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
// Native threads of DuckDB and Temporal must not keep a finished command alive.
process.stdout.write('', () => process.exit());
