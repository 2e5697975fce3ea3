import type { Command } from 'commander';
import { intervalText } from './options.ts';
import type { Terminal } from './terminal.ts';

/** `sillage schedule …` as it is written on the command line. */
export function addScheduleCommands(program: Command, speaking: () => Terminal): void {
  const schedule = program
    .command('schedule')
    .description('schedules reconciled from campaign files')
    .addHelpText('after', '\nExample:\n  sillage schedule apply campaigns/*.yaml');
  schedule
    .command('apply')
    .argument('<campaign.yaml...>')
    .description("make the server's schedules what the files say; an operator's pause is kept")
    .addHelpText('after', '\nExample:\n  sillage schedule apply campaigns/*.yaml')
    .action(async files => (await import('./schedule.ts')).apply(speaking(), files));
  schedule
    .command('list')
    .description('all schedules: when they ran, when they run next, whether they are paused')
    .addHelpText('after', '\nExample:\n  sillage schedule list --json | jq ".[].next"')
    .action(async () => (await import('./schedule.ts')).list(speaking()));
  schedule
    .command('pause')
    .argument('<campaign>')
    .option('--note <text>', 'why, for the next operator')
    .option('--collecting', 'what collects its live sources, not its nights')
    .description('start no more nights')
    .addHelpText('after', '\nExample:\n  sillage schedule pause gelato-spring --note "the export is late"')
    .action(async (campaign, options) =>
      (await import('./schedule.ts')).pause(speaking(), campaign, options),
    );
  schedule
    .command('resume')
    .argument('<campaign>')
    .option('--collecting', 'what collects its live sources, not its nights')
    .description('start nights again')
    .addHelpText('after', '\nExample:\n  sillage schedule resume gelato-spring')
    .action(async (campaign, options) =>
      (await import('./schedule.ts')).resume(speaking(), campaign, options),
    );
  schedule
    .command('trigger')
    .argument('<campaign>')
    .option('--collecting', 'what collects its live sources, not its nights')
    .description('start the night of yesterday, or a round of collecting, now; a worker must be up to run it')
    .addHelpText('after', '\nExample:\n  sillage schedule trigger gelato-spring')
    .action(async (campaign, options) =>
      (await import('./schedule.ts')).trigger(speaking(), campaign, options),
    );
  schedule
    .command('backfill')
    .argument('<campaign.yaml>')
    .argument('<FROM/TO>', 'UTC days, the second excluded', intervalText)
    .description('run the nights of the past, the oldest first, and wait for them')
    .addHelpText('after', '\nExample:\n  sillage schedule backfill campaign.yaml 2026-03-01/2026-03-08')
    .action(async (file, interval) => (await import('./backfill.ts')).backfill(speaking(), file, interval));
}
