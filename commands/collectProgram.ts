import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** `sillage collect` as it is written on the command line. */
export function addCollectCommand(program: Command, speaking: () => Terminal): void {
  program
    .command('collect')
    .argument('<campaign.yaml>')
    .description(
      'ask the living networks what is new, and wait for it; nights use what was collected before them',
    )
    .option('--source <id>', 'only this source')
    .addHelpText('after', '\nExample:\n  sillage collect campaign.yaml --source bsky')
    .action(async (file, options) => (await import('./collect.ts')).collect(speaking(), file, options));
}
