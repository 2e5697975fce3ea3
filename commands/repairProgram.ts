import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** `sillage gaps` and `sillage remap` as they are written on the command line. */
export function addRepairCommands(program: Command, speaking: () => Terminal): void {
  program
    .command('gaps')
    .argument('<campaign>', 'name of the campaign')
    .option('--fill', 'ask again for what the networks still serve, and run the nights that are missing')
    .description('nights that are missing, and what collectors asked for and did not get')
    .addHelpText('after', '\nExamples:\n  sillage gaps gelato-spring\n  sillage gaps gelato-spring --fill')
    .action(async (campaign, options) => {
      if (options.fill) await (await import('./fill.ts')).fill(speaking(), campaign);
      else await (await import('./gaps.ts')).gaps(speaking(), campaign);
    });
  program
    .command('remap')
    .argument('<campaign>', 'name of the campaign')
    .description('stage the newest night again from what is kept raw, as it is read now; asks no network')
    .addHelpText('after', '\nExample:\n  sillage remap gelato-spring')
    .action(async campaign => (await import('./remap.ts')).remap(speaking(), campaign));
}
