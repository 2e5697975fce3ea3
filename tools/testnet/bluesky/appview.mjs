import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * @typedef {object} AppViewOptions
 * @property {NodeJS.Require} load of the installed packages
 * @property {string} folder
 * @property {string} database URL of Postgres
 * @property {string} plc URL of the directory
 * @property {string} key hex
 * @property {{ pds: number, appview: number, dataplane: number }} ports
 */

const schema = 'appview';
/** The part that takes events of moderators and mutes; a network without moderators does without it. */
const nowhere = 'http://127.0.0.1:1';

/**
 * The AppView as `@atproto/dev-env` builds it, but with the same identity after each start and going on in the firehose
 * where it was: dev-env's own reads it again from its beginning, which brings deleted posts back for a while.
 * @param {AppViewOptions} options
 */
export async function startAppView({ load, folder, database, plc, key, ports }) {
  const bsky = load('@atproto/bsky');
  const { Secp256k1Keypair } = load('@atproto/crypto');
  const keypair = await Secp256k1Keypair.import(key);
  const url = `http://localhost:${ports.appview}`;
  const did = await identity(load, join(folder, 'appview.did'), { plc, url, keypair });
  const db = new bsky.Database({ url: database, schema, poolSize: 10 });
  const migrating = new bsky.Database({ url: database, schema });
  await migrating.migrateToLatestOrThrow();
  await migrating.close();
  const dataplane = await bsky.DataPlaneServer.create(db, ports.dataplane, plc, globalThis.fetch);
  const server = bsky.BskyAppView.create({
    config: configOf(bsky, { url, did, plc, ports }),
    signingKey: keypair,
  });
  await server.start();
  const place = join(folder, 'firehose.cursor');
  const begin = existsSync(place) ? Number(readFileSync(place, 'utf8')) : 0;
  const { MemoryRunner } = load('@atproto/sync');
  // It always begins at 0, and is asked where to go on whenever it connects.
  MemoryRunner.prototype.getCursor = /** @this {any} */ function () {
    return Math.max(this.cursor ?? 0, begin);
  };
  const subscription = new bsky.RepoSubscription({
    service: `ws://localhost:${ports.pds}`,
    db,
    idResolver: dataplane.idResolver,
  });
  return {
    url,
    did,
    resolvers: [server.ctx.idResolver, dataplane.idResolver],
    follow: () => subscription.start(),
    /** @param {number | undefined} sequence the last event there is */
    catchUp: async sequence => {
      while ((subscription.getCursor() ?? 0) < (sequence ?? 0)) {
        await subscription.processAll();
        await delay(10);
      }
      await subscription.processAll();
    },
    close: async () => {
      const runner = subscription.current?.runner;
      await server.destroy();
      await subscription.destroy();
      if (runner !== undefined) writeFileSync(place, String(runner.getCursor()));
      await dataplane.destroy();
      await db.close();
    },
  };
}

/** @param {NodeJS.Require} load @param {string} file @param {{ plc: string, url: string, keypair: any }} options */
async function identity(load, file, { plc, url, keypair }) {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const directory = new (load('@did-plc/lib').Client)(plc);
  const own = keypair.did();
  const request = { signingKey: own, rotationKeys: [own], handle: 'appview.test', pds: url, signer: keypair };
  /** @type {string} */
  const did = await directory.createDid(request);
  await directory.updateData(did, keypair, (/** @type {any} */ document) => {
    document.services.bsky_appview = { type: 'BskyAppView', endpoint: url };
    document.services.bsky_notif = { type: 'BskyNotificationService', endpoint: url };
    return document;
  });
  writeFileSync(file, did);
  return did;
}

/** @param {any} bsky @param {{ url: string, did: string, plc: string, ports: AppViewOptions['ports'] }} options */
function configOf(bsky, { url, did, plc, ports }) {
  return new bsky.ServerConfig({
    version: 'unknown',
    port: ports.appview,
    didPlcUrl: plc,
    publicUrl: url,
    serverDid: did,
    alternateAudienceDids: [],
    dataplaneUrls: [`http://localhost:${ports.dataplane}`],
    dataplaneHttpVersion: '1.1',
    bsyncUrl: nowhere,
    bsyncHttpVersion: '1.1',
    bsyncApiKey: 'none',
    modServiceDid: 'did:example:moderation',
    labelsFromIssuerDids: [],
    bigThreadUris: new Set(),
    maxThreadDepth: 1000,
    maxThreadParents: 1000,
    disableSsrfProtection: true,
    searchTagsHide: new Set(),
    searchTagsHideAll: new Set(),
    threadTagsBumpDown: new Set(),
    threadTagsHide: new Set(),
    visibilityTagHide: '',
    visibilityTagRankPrefix: '',
    debugFieldAllowedDids: new Set(),
    draftsLimit: 500,
    feedGenSkeletonTimeout: 5000,
    adminPasswords: ['admin-pass'],
    etcdHosts: [],
  });
}
