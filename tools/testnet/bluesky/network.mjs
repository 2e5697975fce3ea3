#!/usr/bin/env node
// node tools/testnet/bluesky/network.mjs [--owner PID] [--rate-limits BYPASS]
//
// A whole Bluesky network on this machine, for tests: PLC directory, PDS with its firehose, AppView. Says in one line of
// JSON where they answer, and ends on SIGTERM or with the process that owns it (the one that started it, else PID).
// `POST <control>/settle` answers when the AppView has seen all that was written; `/restart` when the servers have been
// cut off, ended, and answer again at the same addresses with the same data; `/stop` and `/start` are its two halves.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isAlive, ownerOf } from '../../setup/owner.mjs';
import { installed } from './install.mjs';
import { freePorts } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { serversOf } from './process.mjs';

const { values } = parseArgs({ options: { owner: { type: 'string' }, 'rate-limits': { type: 'string' } } });
const owner = ownerOf(Number(values.owner ?? process.ppid));

/** The exit status where the network can't be had on this machine. */
const unavailable = 69;

/** @type {(() => unknown)[]} */
const undo = [];
let ending = false;
/** @param {number} status */
async function end(status) {
  if (ending) return;
  ending = true;
  for (const step of undo.reverse()) await step();
  process.exit(status);
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => end(0));
setInterval(() => {
  if (!isAlive(owner)) end(0);
}, 250).unref();

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
async function obey(request, response) {
  try {
    const work = { '/settle': servers.settle, '/stop': servers.stop, '/start': servers.start }[
      request.url ?? ''
    ];
    if (request.url === '/restart') await servers.stop().then(servers.start);
    else if (work !== undefined) await work();
    response.statusCode = request.url === '/restart' || work !== undefined ? 200 : 404;
  } catch (error) {
    response.statusCode = 500;
    response.write(error instanceof Error ? error.message : String(error));
  }
  response.end();
}

/** What a machine may not let us do ends with a status of its own: tests are then skipped, and say why. */
async function prepare() {
  try {
    const packages = await installed();
    return {
      packages,
      postgres: startPostgres({ packages, folder: join(folder, 'postgres'), port: ports.database }),
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    await end(unavailable);
    throw error;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'sillage-bluesky-'));
undo.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
mkdirSync(join(folder, 'tmp'));
const ports = await freePorts(['plc', 'pds', 'appview', 'dataplane', 'database', 'control']);
const { packages, postgres } = await prepare();
undo.push(postgres.stop);
await postgres.ready;
const bypass = values['rate-limits'];
const servers = serversOf({
  packages,
  folder,
  database: postgres.url,
  postgres: postgres.pid,
  ports,
  bypass,
});
undo.push(servers.kill);
const { urls } = await servers.start();
const commands = createServer(obey).listen(ports.control, '127.0.0.1');
await new Promise(resolve => commands.once('listening', resolve));
const said = { ...urls, control: `http://127.0.0.1:${ports.control}`, folder, pid: process.pid };
process.stdout.write(`${JSON.stringify(said)}\n`);
