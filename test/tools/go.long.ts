import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runChild } from '../../tools/temporal/child.ts';
import { routes } from '../../tools/temporal/routes.ts';

test('built with Go it is the same release', { timeout: 1_800_000 }, async () => {
  const cache = mkdtempSync(join(tmpdir(), 'sillage-cache-'));
  try {
    const built = await routes.at(-1)!.fetch(cache);
    expect(await runChild(built, ['--version'], { patience: 20_000 })).toMatch(
      /^temporal version 1\.8\.2 \(Server 1\.31\.2/,
    );
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
});
