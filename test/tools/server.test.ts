import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FatalError } from '../../contracts/errors.ts';
import { isAlive } from '../../tools/setup/owner.mjs';
import { channelArguments } from '../../tools/temporal/channel.ts';
import { prepareServer } from '../../tools/temporal/prepare.ts';
import { isServing } from '../../tools/temporal/probe.mjs';
import { readRecord, type ServerRecord } from '../../tools/temporal/record.mjs';
import { type JoinedServer, joinServer } from '../../tools/temporal/server.ts';

let stateDir = '';
let users: ChildProcess[] = [];
const log = () => {};
let joined: JoinedServer[] = [];

/** So that a test that fails keeps no server. */
async function joinNow(): Promise<JoinedServer> {
  const server = await joinServer({ stateDir, log });
  joined.push(server);
  return server;
}

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'sillage-server-'));
  users = [];
  joined = [];
});

afterEach(async () => {
  const { supervisor, server } = recordNow();
  for (const user of users) user.kill('SIGKILL');
  await Promise.all(joined.map(server => server.leave()));
  await until(() => !isAlive(supervisor) && !isAlive(server));
  expect(processesOf(stateDir)).toEqual([]);
  rmSync(stateDir, { recursive: true });
});

test('the first starts a server, the second joins it, the last one to leave stops it', async () => {
  const first = await joinNow();
  const second = await joinNow();
  const { supervisor, server } = recordNow();
  expect([first.joined, second.joined]).toEqual([false, true]);
  expect(second.address).toBe(first.address);
  expect((await fetch(second.uiAddress)).status).toBe(200);
  await first.leave();
  expect(await isServing(first.address)).toBe(true);
  await second.leave();
  expect([isAlive(supervisor), isAlive(server)]).toEqual([false, false]);
});

test('the server writes ahead: the SQLite setting is taken', async () => {
  const { leave } = await joinNow();
  // Bytes 18 and 19 of the header say how the file is written and read: 2 is write-ahead.
  const header = readFileSync(join(stateDir, 'temporal-1.8.2.db')).subarray(0, 20);
  expect([...header.subarray(18, 20)]).toEqual([2, 2]);
  expect(existsSync(join(stateDir, 'temporal-1.8.2.db-wal'))).toBe(true);
  await leave();
});

test('of processes that start at once one starts the server and the others join', async () => {
  const found = await Promise.all([startUser(), startUser(), startUser()]);
  expect(new Set(found.map(user => user.address)).size).toBe(1);
  expect(found.map(user => user.joined).sort()).toEqual([false, true, true]);
});

test('a user that is killed leaves nothing running', async () => {
  const { process: user } = await startUser();
  const { supervisor, server } = recordNow();
  expect([isAlive(supervisor), isAlive(server)]).toEqual([true, true]);
  user.kill('SIGKILL');
  await until(() => !isAlive(server) && !isAlive(supervisor));
  expect(readdirSync(join(stateDir, 'leases'))).toEqual([]);
});

test('a server that is killed comes back at the same address with its data', async () => {
  const { address, leave } = await joinNow();
  const connection = await Connection.connect({ address, channelArgs: channelArguments });
  const { runId } = await startWorkflow(connection, 'kept');
  const killed = recordNow().server;
  process.kill(killed.pid, 'SIGKILL');
  await until(() => recordNow().server.pid !== killed.pid && recordNow().state === 'running');
  expect(recordNow().address).toBe(address);
  await connection.close();
  const again = await Connection.connect({ address, channelArgs: channelArguments });
  const { workflowExecutionInfo } = await again.workflowService.describeWorkflowExecution({
    namespace: 'default',
    execution: { workflowId: 'kept' },
  });
  expect(workflowExecutionInfo?.execution?.runId).toBe(runId);
  await again.close();
  await leave();
});

test('a supervisor that is killed is replaced by the next one to join, at the same address', async () => {
  const user = await startUser();
  const before = recordNow();
  process.kill(before.supervisor.pid, 'SIGKILL');
  await until(() => !isAlive(before.supervisor));
  const { address, leave } = await joinNow();
  expect(address).toBe(user.address);
  expect(isAlive(before.server)).toBe(false);
  await leave();
  expect(await isServing(address)).toBe(true);
});

test('a supervisor that is killed is replaced by those who use its server, at the same address', async () => {
  const { address, leave } = await joinNow();
  const before = recordNow();
  process.kill(before.supervisor.pid, 'SIGKILL');
  await until(() => recordNow().supervisor.pid !== before.supervisor.pid && recordNow().state === 'running');
  expect(recordNow().address).toBe(address);
  expect(isAlive(before.server)).toBe(false);
  await leave();
});

test('the last one to leave stops a server whose supervisor was killed', async () => {
  const { leave } = await joinNow();
  const { supervisor, server } = recordNow();
  process.kill(supervisor.pid, 'SIGKILL');
  await until(() => !isAlive(supervisor));
  await leave();
  expect(isAlive(server)).toBe(false);
});

test('whoever comes while the server is about to stop gets a server that stays', async () => {
  for (let round = 0; round < 4; round++) {
    const early = await joinNow();
    const leaving = early.leave();
    await delay(round * 60);
    const late = await joinNow();
    await leaving;
    await delay(300);
    expect(await isServing(late.address)).toBe(true);
    await late.leave();
  }
});

test('a server that can not start is one clear error', async () => {
  writeFileSync(join(stateDir, 'temporal-1.8.2.db'), 'this is no database\n'.repeat(500));
  const error = await joinNow().catch(thrown => thrown);
  expect(error).toBeInstanceOf(FatalError);
  expect(error.message).toContain('file is not a database');
  expect(error.where).toBe(join(stateDir, 'server.log'));
  expect(readdirSync(join(stateDir, 'leases'))).toEqual([]);
});

test('retention and search attributes are set once, and can be used at once', async () => {
  const attributes = { SillageCampaign: 'Keyword', SillageInterval: 'Datetime' } as const;
  const { address, leave } = await joinNow();
  await prepareServer(address, attributes);
  const connection = await Connection.connect({ address, channelArgs: channelArguments });
  await startWorkflow(connection, 'with attributes', {
    SillageCampaign: { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"harbour"') },
  });
  const query = "SillageCampaign = 'harbour'";
  const { workflowService, operatorService } = connection;
  const count = async () =>
    Number((await workflowService.countWorkflowExecutions({ namespace: 'default', query })).count);
  await until(async () => (await count()) === 1);
  await prepareServer(address, attributes);
  const { config } = await workflowService.describeNamespace({ namespace: 'default' });
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(2_592_000);
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace: 'default' });
  expect(customAttributes).toEqual({ SillageCampaign: 2, SillageInterval: 6 });
  await expect(prepareServer(address, { SillageCampaign: 'Int' })).rejects.toThrow(FatalError);
  await connection.close();
  await leave();
});

function recordNow(): ServerRecord {
  const record = readRecord(stateDir);
  if (record === undefined) throw new Error('no server was ever started');
  return record;
}

async function startUser(): Promise<{ address: string; joined: boolean; process: ChildProcess }> {
  const script = fileURLToPath(new URL('user.ts', import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, stateDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  users.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { ...JSON.parse(line), process: child };
}

function startWorkflow(connection: Connection, id: string, indexedFields = {}) {
  return connection.workflowService.startWorkflowExecution({
    namespace: 'default',
    workflowId: id,
    workflowType: { name: 'waits' },
    taskQueue: { name: 'nobody' },
    requestId: id,
    searchAttributes: { indexedFields },
  });
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(20);
}

/** Numbers of all processes whose command names the folder, but for the users that this file has killed. */
function processesOf(folder: string): number[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  const isOurs = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
    } catch {
      return false;
    }
  };
  const known = users.map(user => user.pid);
  return readdirSync('/proc')
    .filter(isOurs)
    .map(Number)
    .filter(pid => !known.includes(pid));
}
