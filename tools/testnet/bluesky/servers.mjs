import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startAppView } from './appview.mjs';

// The process of the servers: PLC, PDS with its firehose, AppView. All they know lies in the folder and in Postgres, so
// that the process can be ended and started again. It is told what to do by the process that started it, and ends with it.

/**
 * @typedef {object} Settings
 * @property {string} packages folder whose node_modules hold the servers
 * @property {string} folder of this network's data
 * @property {string} database URL of Postgres
 * @property {number | undefined} postgres its process
 * @property {{ plc: number, pds: number, appview: number, dataplane: number }} ports
 * @property {string | undefined} bypass of rate limits, where there are any
 */

/** @type {Settings} */
const settings = JSON.parse(process.argv[2] ?? '');
const { folder, ports, database } = settings;
const load = createRequire(join(settings.packages, 'package.json'));
const { TestPds, mockResolvers } = load('@atproto/dev-env');
const { Secp256k1Keypair } = load('@atproto/crypto');
const directory = load('@did-plc/server');

/**
 * A secret of the network, the same after every start.
 * @param {string} name
 */
async function secret(name) {
  const file = join(folder, `${name}.key`);
  if (!existsSync(file)) {
    const made = await Secp256k1Keypair.create({ exportable: true });
    writeFileSync(file, Buffer.from(await made.export()).toString('hex'));
  }
  return readFileSync(file, 'utf8');
}

async function startDirectory() {
  const db = directory.Database.postgres({ url: database, schema: 'plc' });
  await db.migrateToLatestOrThrow();
  const add = db.validateAndAddOp.bind(db);
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  // Its transactions are serializable, and it tries none of them again: two at once may refuse each other.
  db.validateAndAddOp = (/** @type {unknown[]} */ ...operation) => {
    const added = last.then(() => add(...operation));
    last = added.catch(() => {});
    return added;
  };
  const server = directory.PlcServer.create({ db, port: ports.plc });
  await server.start();
  return { url: `http://localhost:${ports.plc}`, close: () => server.destroy() };
}

/** @param {string} plc @param {string} appview */
async function startPds(plc, appview) {
  const data = join(folder, 'pds');
  const blobs = join(folder, 'blobs');
  for (const path of [data, blobs]) mkdirSync(path, { recursive: true });
  const rotation = await secret('rotation');
  const limits =
    settings.bypass === undefined ? {} : { rateLimitsEnabled: true, rateLimitBypassKey: settings.bypass };
  const pds = await TestPds.create({
    port: ports.pds,
    didPlcUrl: plc,
    dataDirectory: data,
    blobstoreDiskLocation: blobs,
    plcRotationKeyK256PrivateKeyHex: rotation,
    recoveryDidKey: (await Secp256k1Keypair.import(rotation)).did(),
    bskyAppViewUrl: `http://localhost:${ports.appview}`,
    bskyAppViewDid: appview,
    ...limits,
  });
  mockResolvers(pds.ctx.idResolver, pds);
  return pds;
}

const plc = await startDirectory();
const appview = await startAppView({ ...settings, load, plc: plc.url, key: await secret('appview') });
const pds = await startPds(plc.url, appview.did);
for (const resolver of appview.resolvers) mockResolvers(resolver, pds);
appview.follow();

let ending = false;
/** @param {number} status */
async function end(status) {
  if (ending) return;
  ending = true;
  await pds.close();
  await appview.close();
  await plc.close();
  process.exit(status);
}

process.on('message', async message => {
  if (message === 'stop') return end(0);
  if (message !== 'settle') return;
  await pds.processAll();
  await appview.catchUp(await pds.ctx.sequencer.curr());
  process.send?.('settled');
});
// Whoever started us was killed: so is the network, with all that it leaves behind.
process.on('disconnect', async () => {
  if (ending) return;
  ending = true;
  // The servers complain of what is taken from them now.
  process.on('uncaughtException', () => {});
  if (settings.postgres !== undefined) process.kill(settings.postgres, 'SIGQUIT');
  // It writes until it has ended.
  await delay(1000);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(1);
});
process.send?.({ urls: { plc: plc.url, pds: pds.url, appview: appview.url }, did: appview.did });
