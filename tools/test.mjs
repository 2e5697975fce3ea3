// What `npm test` runs: set-up, then types, style and tests under the project's Node; with arguments (a file, `-t name`)
// the tests alone. The last line is the count.
if (Number.parseInt(process.versions.node, 10) < 20) {
  process.stderr.write(
    `sillage: Node 20 or newer is needed to start; this is ${process.versions.node} — see nodejs.org\n`,
  );
  process.exit(2);
}
const { existsSync, mkdtempSync, readFileSync, rmSync } = await import('node:fs');
const { tmpdir } = await import('node:os');
const { dirname, join } = await import('node:path');
const { fileURLToPath } = await import('node:url');
const { readyNode } = await import('./setup/ready.mjs');
const { launch } = await import('./setup/launch.mjs');
const { readyBrowser } = await import('./setup/browser.mjs');
const { readyNetwork } = await import('./testnet/bluesky/install.mjs');

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
process.chdir(root);
const node = await readyNode(root);

/** @param {string} script a package's command @param {string[]} options */
async function run(script, ...options) {
  const status = await launch(root, node, [join(root, 'node_modules', script), ...options]);
  // Whoever interrupts one check wants none of the others.
  if (status > 128) process.exit(status);
  return status;
}

/** @type {string[]} */
const broken = [];
if (args.length === 0) {
  if ((await run('typescript/bin/tsc', '--noEmit')) !== 0) broken.push('types (tsc)');
  if ((await run('@biomejs/biome/bin/biome', 'ci', '.')) !== 0) broken.push('style (biome)');
}

if (args.length === 0) {
  readyBrowser();
  await readyNetwork();
}
const scratch = mkdtempSync(join(tmpdir(), 'sillage-test-'));
process.env.TEST_TALLY = join(scratch, 'tally.json');
const reporters = ['--reporter=default', `--reporter=${join(root, 'tools', 'setup', 'tally.mjs')}`];
const status = await launch(root, node, [
  join(root, 'node_modules', 'vitest', 'vitest.mjs'),
  'run',
  ...reporters,
  ...args,
]);
/** @type {import('./setup/tally.mjs').Tally | undefined} */
const tally = existsSync(process.env.TEST_TALLY)
  ? JSON.parse(readFileSync(process.env.TEST_TALLY, 'utf8'))
  : undefined;
rmSync(scratch, { recursive: true, force: true });

if (tally !== undefined) {
  for (const { name, why } of tally.skipped) console.log(`skipped: ${name}: ${why}`);
}
for (const check of broken) console.log(`failed: ${check}`);
const { passed, failed, skipped } = tally ?? { passed: 0, failed: 1, skipped: [] };
// Checks that failed, and an end that no test explains, count too: the line never says 0 failed with a status that isn't 0.
const unexplained = status !== 0 && failed === 0 ? 1 : 0;
console.log(`${passed} passed, ${failed + broken.length + unexplained} failed, ${skipped.length} skipped`);
process.exit(status !== 0 ? status : Math.min(broken.length + failed, 1));

export {};
