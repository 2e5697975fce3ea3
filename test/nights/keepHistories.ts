// Runs nights under a Temporal server and keeps their histories in test/histories: `node test/nights/keepHistories.ts`.
// They are replayed by replay.test.ts; make them anew when the workflows change on purpose before a release.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { awaitBackfill, awaitResult, connectServer, startRun } from '../../client.ts';
import { readConfig } from '../../config.ts';
import { startLogging } from '../../log.ts';
import { startWorkers } from '../../worker.ts';

const histories = fileURLToPath(new URL('../histories/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sillage-'));
const campaignFile = join(folder, 'campaign.yaml');
cpSync(fileURLToPath(new URL('../../data/sample/', import.meta.url)), folder, { recursive: true });
mkdirSync(histories, { recursive: true });
startLogging('error');
const config = readConfig({ SILLAGE_LAKE: join(folder, 'lake') });
const server = await connectServer(config, { log: console.error });
const native = await server.native();
const workers = await startWorkers(native, config);
const patient = new AbortController().signal;
const campaign = 'gelato-spring';
const keep = async (workflowId: string, name: string) => {
  const history = await server.client.workflow.getHandle(workflowId).fetchHistory();
  // Stacks hold the paths of the machine that made them, and no replay reads them.
  const plain = JSON.parse(historyToJSON(history), (key, value) => (key === 'stackTrace' ? '' : value));
  const text = JSON.stringify(plain, null, 1).replaceAll(folder, '/campaigns');
  writeFileSync(join(histories, `${name}.json`), `${text}\n`);
};
try {
  const ask = { file: campaignFile, campaign, mode: 'manual' as const };
  const interval = { from: '2026-03-28', to: '2026-03-29' };
  const whole = await startRun(server, config, { ...ask, interval, scope: {} });
  await awaitResult(whole.handle, patient);
  await keep(whole.run, 'night');
  const part = await startRun(server, config, { ...ask, interval, scope: { only: 'cascades' } });
  await awaitResult(part.handle, patient);
  await keep(part.run, 'only-cascades');
  const wrong = await startRun(server, config, { ...ask, campaign: 'another', interval, scope: {} });
  await awaitResult(wrong.handle, patient).catch(() => undefined);
  await keep(wrong.run, 'failed');
  const past = { from: '2026-03-20', to: '2026-03-22' };
  await awaitBackfill(server, config, { file: campaignFile, campaign, interval: past }, patient);
  await keep(`${campaign}_backfill_2026-03-20_2026-03-22`, 'backfill');
} finally {
  await workers.stop();
  await native.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
