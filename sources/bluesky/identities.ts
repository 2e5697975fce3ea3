import { isOutward } from '../http/outward.ts';
import { parsedBody } from '../http/parsedBody.ts';
import type { Answer } from '../http/politeClient.ts';
import { asObject } from '../knownFields.ts';
import { Unanswerable } from '../liveSource.ts';
import type { BlueskyMeans, BlueskySettings } from './settings.ts';
import type { Xrpc } from './xrpc.ts';

/** As many as are worth remembering; a network has millions. */
const mostServers = 10_000;
const mostBytes = 1e6;

/** Where an account keeps its records; the directory's own answer where it knows of no such place. */
export type Home = { server: URL } | { missing: Answer };

/** Turns handles into DIDs, and DIDs into the servers that keep their records. */
export interface Identities {
  /** @returns undefined where nobody has the handle */
  didOf(account: string, signal: AbortSignal): Promise<string | undefined>;
  /** @throws Error where the directory gives a document that leads nowhere that may be asked */
  homeOf(did: string, signal: AbortSignal): Promise<Home>;
  /** That an account is no longer where it was. */
  forget(did: string): void;
}

export function identitiesOf(
  { service, directory }: BlueskySettings,
  { client }: BlueskyMeans,
  xrpc: Xrpc,
): Identities {
  const dids = new Map<string, string>();
  const servers = new Map<string, URL>();

  async function didOf(account: string, signal: AbortSignal): Promise<string | undefined> {
    if (account.startsWith('did:')) return account;
    const handle = account.replace(/^@/, '').toLowerCase();
    const known = dids.get(handle);
    if (known !== undefined) return known;
    const answer = await xrpc('com.atproto.identity.resolveHandle', { handle }, signal);
    if (answer.status !== 200) return undefined;
    const did = asObject(parsedBody(answer))?.did;
    if (typeof did !== 'string' || !did.startsWith('did:')) return undefined;
    dids.set(handle, did);
    return did;
  }

  async function homeOf(did: string, signal: AbortSignal): Promise<Home> {
    const known = servers.get(did);
    if (known !== undefined) return { server: known };
    const document = documentOf(did, directory);
    if (document === undefined) throw new Error('an account has a DID of a method that is not known');
    if (document.origin !== new URL(directory).origin) await refuseInward(document, service);
    const answer = await client.ask({ url: document.href, mostBytes, signal });
    if (answer.status === 404 || answer.status === 410) return { missing: answer };
    if (answer.status !== 200)
      throw new Error(`${document.host} answers ${answer.status} when asked for a DID`);
    const server = serverIn(parsedBody(answer));
    if (server === undefined) throw new Error(`a DID at ${document.host} names no server for its records`);
    await refuseInward(server, service);
    if (servers.size >= mostServers) servers.delete(servers.keys().next().value!);
    servers.set(did, server);
    return { server };
  }

  return { didOf, homeOf, forget: did => servers.delete(did) };
}

/** What networks tell must not lead into the house where this runs. */
async function refuseInward(url: URL, service: string): Promise<void> {
  if (!(await isOutward(url.href, service))) {
    throw new Error('the document of a DID leads to an address that is not of the open network');
  }
}

/** @returns undefined where the method is neither plc nor web */
function documentOf(did: string, directory: string): URL | undefined {
  if (/^did:plc:[a-z2-7]{1,64}$/.test(did)) return new URL(`/${did}`, directory);
  const host = /^did:web:([A-Za-z0-9.-]{1,253}(?:%3A\d{1,5})?)$/.exec(did)?.[1];
  if (host === undefined) return undefined;
  const named = decodeURIComponent(host);
  // Only servers of tests live there, and those have no certificates.
  const scheme = /^localhost(:|$)/.test(named) ? 'http' : 'https';
  return URL.parse(`${scheme}://${named}/.well-known/did.json`) ?? undefined;
}

function serverIn(document: unknown): URL | undefined {
  const services = asObject(document)?.service;
  if (!Array.isArray(services)) return undefined;
  for (const entry of services) {
    const { id, serviceEndpoint } = asObject(entry) ?? {};
    if (typeof id !== 'string' || !id.endsWith('#atproto_pds') || typeof serviceEndpoint !== 'string')
      continue;
    const url = URL.parse(serviceEndpoint);
    if (url !== null && /^https?:$/.test(url.protocol) && url.username === '') return url;
  }
  return undefined;
}

/** A handle of the campaign that is nobody's. */
export function unknownHandle(account: string, service: string): Unanswerable {
  return new Unanswerable(
    `${new URL(service).host} knows no account ${JSON.stringify(account).slice(0, 120)}`,
    'mend it among accounts in the campaign file; a DID stays when a handle changes',
  );
}
