import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { prepareServer } from '../tools/temporal/prepare.ts';
import { joinServer } from '../tools/temporal/server.ts';
import { workflowBundle } from '../worker.ts';
import { attributeTypes } from '../workflows/attributes.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `host:port` of the suite's one Temporal server. */
    temporal: string;
    /** A folder that the suite's test files share, gone after the last of them. */
    scratch: string;
  }
}

/** One real Temporal server for the whole suite, and one bundle. */
export default async function setup(project: TestProject) {
  const stateDir = mkdtempSync(join(tmpdir(), 'sillage-suite-'));
  const server = await joinServer({ stateDir, log: line => process.stderr.write(`${line}\n`) });
  await prepareServer(server.address, attributeTypes);
  await workflowBundle();
  project.provide('temporal', server.address);
  const scratch = mkdtempSync(join(tmpdir(), 'sillage-shared-'));
  project.provide('scratch', scratch);
  return async () => {
    await server.leave();
    for (const folder of [stateDir, scratch]) rmSync(folder, { recursive: true, force: true });
  };
}
