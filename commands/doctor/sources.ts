import { readFile } from 'node:fs/promises';
import type { Config } from '../../config.ts';
import { type LiveSettings, liveSources } from '../../contracts/campaign.ts';
import { readCampaign } from '../../contracts/campaignFile.ts';
import { FatalError, messageOf } from '../../contracts/errors.ts';
import { type PoliteClient, politeClient } from '../../sources/http/politeClient.ts';
import { userAgentOf } from '../../sources/http/userAgent.ts';
import { isOpenToOthers, nameOf } from '../../sources/secrets.ts';
import { type Finding, missing, ok, warning } from './finding.ts';

/** Beyond this many seconds, `created_at` of others and `captured_at` of ours no longer agree on what came when. */
const mostSkew = 60;

/** The networks that a campaign file collects from: what opens their doors, and whether they are there. */
export async function lookAtSources(config: Config, file: string): Promise<Finding[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return [missing(file, `can't be read (${(error as NodeJS.ErrnoException).code})`, 'mend the path')];
  }
  const { campaign, faults } = readCampaign(text);
  if (campaign === undefined) {
    const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
    return [missing(file, `has ${count}`, `see them by \`npx sillage check ${file}\`, and mend them`)];
  }
  const sources = liveSources(campaign);
  if (sources.length === 0) return [ok(file, 'collects from no network')];
  const client = politeClient({
    userAgent: userAgentOf(config.contact),
    tries: 1,
    patienceSeconds: 0,
    timeoutSeconds: 3,
  });
  try {
    const found = await Promise.all(
      sources.map(async source => [
        ...lookAtSecrets(config, source),
        ...(await Promise.all(doorsOf(source).map(door => lookAtDoor(client, source, door)))),
      ]),
    );
    return found.flat();
  } finally {
    await client.close();
  }
}

function lookAtSecrets(config: Config, source: LiveSettings): Finding[] {
  const what = `${source.id}: secrets`;
  const variables = config.secretVariables(source.id);
  try {
    const lacking = lackOf(config, source, what);
    if (lacking !== undefined) return [lacking];
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    return [missing(what, error.what, error.next ?? 'mend it')];
  }
  const { token, password } = config.secrets(source.id);
  const isWord = [token, password].some(secret => secret !== undefined && /^\p{L}{1,15}$/u.test(secret));
  const open = variables.filter(({ file }) => file !== undefined && isOpenToOthers(file));
  const names = variables.map(({ variable }) => variable).join(', ');
  return [
    ok(
      what,
      names === ''
        ? 'none: it is asked as anybody may'
        : `${names} set, not tried: \`npx sillage check\` tries them`,
    ),
    ...(isWord
      ? [
          warning(
            what,
            'a secret is a plain word, and taken out of every text that holds it',
            'use another one',
          ),
        ]
      : []),
    ...open.map(({ variable }) =>
      warning(what, `every user of this machine can read the file of ${variable}`, 'chmod 600 it'),
    ),
  ];
}

/** What a source can't do, or not do all of, with the secrets that are there. */
function lackOf(config: Config, source: LiveSettings, what: string): Finding | undefined {
  const { token, identifier, password, tokenFor } = config.secrets(source.id);
  const prefix = `SILLAGE_${nameOf(source.id)}`;
  switch (source.type) {
    case 'x':
      return token === undefined
        ? missing(what, 'X answers nobody without a token', `set ${prefix}_TOKEN, or ${prefix}_TOKEN_FILE`)
        : undefined;
    case 'bluesky': {
      const isHalf = (identifier === undefined) !== (password === undefined);
      if (!isHalf && (identifier !== undefined || source.search.length === 0)) return undefined;
      const next = `set ${prefix}_IDENTIFIER and ${prefix}_PASSWORD, an app password`;
      return isHalf
        ? missing(what, 'an account without a password, or a password without an account', next)
        : warning(what, 'none; most services let nobody search without an account', next);
    }
    case 'mastodon': {
      const hosts = source.instances.map(instance => new URL(instance).host);
      if (token !== undefined && hosts.length > 1) {
        const next = `name the one that gave it, like ${prefix}_TOKEN_${nameOf(hosts[0]!)}`;
        return missing(what, `${prefix}_TOKEN would be told to ${hosts.length} instances`, next);
      }
      const closed = hosts.filter(host => (tokenFor(host) ?? token) === undefined);
      if (source.search.length === 0 || closed.length === 0) return undefined;
      return warning(
        what,
        `none for ${closed.join(', ')}; instances let nobody search without a token`,
        `set ${closed.map(host => `${prefix}_TOKEN_${nameOf(host)}`).join(', ')}`,
      );
    }
  }
}

/** Addresses that are free to ask, and cost no limit that matters: one for each server of a source. */
function doorsOf(source: LiveSettings): string[] {
  const at = (base: string, path: string) => new URL(path, base).href;
  switch (source.type) {
    case 'bluesky':
      return [
        at(source.service, '/xrpc/_health'),
        at(source.directory, '/_health'),
        ...(source.stream === undefined ? [] : [at(source.stream.replace(/^ws/, 'http'), '/')]),
      ];
    case 'mastodon':
      return source.instances.map(instance => at(instance, '/api/v2/instance'));
    case 'x':
      return [at(source.service, '/')];
  }
}

async function lookAtDoor(client: PoliteClient, { id }: LiveSettings, door: string): Promise<Finding> {
  const { host } = new URL(door);
  const what = `${id}: ${host}`;
  let date: number;
  try {
    const answer = await client.ask({ url: door, signal: AbortSignal.timeout(12_000) });
    date = Date.parse(answer.headers.get('date') ?? '');
  } catch (error) {
    if (error instanceof FatalError) return missing(what, error.what, error.next ?? 'mend it');
    return missing(what, messageOf(error), 'look again later; if it stays so, mend the address');
  }
  const skew = Math.round((Date.now() - date) / 1000);
  if (Math.abs(skew) <= mostSkew || Number.isNaN(skew)) return ok(what, 'answers');
  const than = skew > 0 ? 'ahead of' : 'behind';
  return warning(
    what,
    `answers; this machine's clock is ${Math.abs(skew)} s ${than} its own`,
    'set the clock, best by NTP',
  );
}
