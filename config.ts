import { existsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { FatalError } from './contracts/errors.ts';
import type { DuckDBSettings } from './engine/duckdb.ts';
import { markSecret } from './sources/redaction.ts';
import { markSecretsIn, type Secrets, secretsOf, secretVariables, tokensIn } from './sources/secrets.ts';

/** The environment, parsed once. */
export interface Config {
  /** Folder of the lake. */
  lake: string;
  engine: DuckDBSettings;
  pseudonymKey: string | undefined;
  /** Whether a Temporal server is configured; without one an embedded server is used. */
  hasServer: boolean;
  /** Where the embedded server keeps its state. */
  serverState: string;
  queuePrefix: string;
  heartbeatSeconds: number;
  logLevel: string;
  /** What servers that are asked are told of who asks: where their keepers can complain. */
  contact: string | undefined;
  /** The secrets of a source. @throws FatalError where a file can't be read */
  secrets(source: string): Secrets;
  /** The tokens of all sources that can be read. */
  tokens(): string[];
  /** How much of X's limits may be used here: less than 1 where other programs ask with the same token, more by contract. */
  limitShare: number;
  /** The variables of a source that are set. */
  secretVariables(source: string): { variable: string; file?: string }[];
}

const size = z
  .string()
  .regex(/^[0-9]+(\.[0-9]+)?(MB|GB)$/, 'must be a size like 4GB or 500MB')
  .transform(text => Number.parseFloat(text) * (text.endsWith('GB') ? 1e9 : 1e6));
/** With less, DuckDB has no room for one row group of a wide table. */
const leastMemory = 400e6;
const count = z.coerce.number().int().min(1);

const environment = z.object({
  SILLAGE_LAKE: z.string().default('data/lake'),
  SILLAGE_MEMORY: size.refine(bytes => bytes >= leastMemory, 'must be at least 400MB').optional(),
  SILLAGE_THREADS: count.max(256).optional(),
  SILLAGE_SPILL: size.optional(),
  SILLAGE_PSEUDONYM_KEY: z.string().min(16, 'must have at least 16 characters').optional(),
  SILLAGE_QUEUES: z
    .string()
    .regex(/^[a-zA-Z0-9.-]+$/, 'must be made of letters, digits, dots and -')
    .default('sillage'),
  SILLAGE_HEARTBEAT_SECONDS: count.max(3600).default(30),
  SILLAGE_LOG: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('error'),
  SILLAGE_CONTACT: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be an address to write to, without spaces')
    .optional(),
  SILLAGE_LIMIT_SHARE: z.coerce.number().min(0.01).max(10_000).default(1),
  TEMPORAL_ADDRESS: z.string().optional(),
  TEMPORAL_PROFILE: z.string().optional(),
});

/** Reads the environment, `.env` of the working folder included. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  if (env === process.env && existsSync('.env')) process.loadEnvFile('.env');
  markSecretsIn(env);
  if (env.SILLAGE_PSEUDONYM_KEY) markSecret(env.SILLAGE_PSEUDONYM_KEY);
  // An empty variable is one that somebody unset the way shells make easy.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(issue => `${issue.path.join('.')} ${issue.message}`);
    throw new FatalError(`the environment can't be used: ${faults.join('; ')}`, {
      next: 'set it anew, or unset it',
    });
  }
  const values = parsed.data;
  const lake = lakeFolder(values.SILLAGE_LAKE);
  // DuckDB's process reaches about twice its limit, and the methods need their share.
  const memory = values.SILLAGE_MEMORY ?? Math.min(totalmem(), process.constrainedMemory() || Infinity) * 0.5;
  return {
    lake,
    engine: {
      memoryBytes: Math.round(memory * 0.4),
      threads: values.SILLAGE_THREADS ?? availableParallelism(),
      spillBytes: values.SILLAGE_SPILL ?? 500e9,
    },
    pseudonymKey: values.SILLAGE_PSEUDONYM_KEY,
    hasServer: values.TEMPORAL_ADDRESS !== undefined || values.TEMPORAL_PROFILE !== undefined,
    serverState: join(lake, 'temporal'),
    queuePrefix: values.SILLAGE_QUEUES,
    heartbeatSeconds: values.SILLAGE_HEARTBEAT_SECONDS,
    logLevel: values.SILLAGE_LOG,
    contact: values.SILLAGE_CONTACT,
    secrets: source => secretsOf(source, env),
    tokens: () => tokensIn(env),
    limitShare: values.SILLAGE_LIMIT_SHARE,
    secretVariables: source => secretVariables(source, env),
  };
}

function lakeFolder(lake: string): string {
  if (/^[a-z0-9]+:\/\//.test(lake)) {
    throw new FatalError(`SILLAGE_LAKE is ${lake}: only folders can be lakes so far`, {
      next: 'set it to a folder, like data/lake',
    });
  }
  return resolve(lake);
}
