import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** `sillage retention apply` as it is written on the command line. */
export function addRetentionCommand(program: Command, speaking: () => Terminal): void {
  program
    .command('retention')
    .description('how long what was collected is kept')
    .addHelpText('after', '\nExample:\n  sillage retention apply --dry-run')
    .command('apply')
    .argument('[campaign...]', 'names of campaigns; default: all that have collected')
    .option('--dry-run', 'say what would leave; remove nothing')
    .description(
      'remove raw captures that are older than privacy.retention; what they came to is kept, without messages',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  sillage retention apply --dry-run\n  sillage retention apply gelato-spring --json',
    )
    .action(async (campaigns, options) =>
      (await import('./retention.ts')).retention(speaking(), campaigns, options.dryRun === true),
    );
}
