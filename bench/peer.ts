import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FatalError, messageOf } from '../contracts/errors.ts';
import type { Stage } from '../contracts/stages.ts';
import { runAlone, type Use } from './measure.ts';
import type { MeasuredNight } from './one-night.ts';

const folder = fileURLToPath(new URL('peer/', import.meta.url));
const run = promisify(execFile);

/**
 * A Python of its own with the pinned packages, in `place`; made once.
 *
 * @returns the path of its interpreter
 * @throws FatalError where there is no Python, or its packages can't be had
 */
export async function preparePeer(place: string): Promise<string> {
  const python = join(place, 'bin', 'python');
  const requirements = join(folder, 'requirements.txt');
  try {
    await run('python3', ['-m', 'venv', place]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  } catch (error) {
    throw new FatalError(`the peer can't be set up: ${messageOf(error).slice(0, 400)}`, {
      where: 'bench/peer/requirements.txt',
      next: 'install Python 3.11 or later with venv and let pip reach a package index, or measure with --without peer',
      cause: error,
    });
  }
  return python;
}

/** What a user would write instead of one or more stages. */
export interface Peer {
  /** Its program in `peer/`. */
  name: string;
  /** What it is made with. */
  with: string;
  /** The stages whose tables it makes; `besides` names single steps of other stages. */
  stages: readonly Stage[];
  besides?: readonly string[];
  /** Tables of the night that it begins with. */
  needs: readonly string[];
  /** What it is called with after the folder for its answers. */
  args(input: { file: string; night: MeasuredNight }): string[];
}

const published = (night: MeasuredNight, table: string) => night.tables[table]!;

export const peers: readonly Peer[] = [
  {
    name: 'night',
    with: 'polars, numpy, igraph, scipy',
    stages: ['cascades', 'influence'],
    besides: ['conversations/authors'],
    needs: ['stg_messages'],
    args: ({ file, night }) => [dirname(file), ...published(night, 'stg_messages')],
  },
  {
    name: 'authenticity',
    with: 'polars, scipy',
    stages: ['authenticity'],
    needs: ['stg_messages', 'fct_coordination'],
    args: ({ night }) => published(night, 'stg_messages'),
  },
  {
    name: 'interests',
    with: 'scikit-learn, snowballstemmer, scipy',
    stages: ['interests'],
    needs: ['stg_messages', 'fct_interests'],
    args: ({ file, night }) => [file, ...published(night, 'stg_messages')],
  },
  {
    name: 'personas',
    with: 'scikit-learn',
    stages: ['personas'],
    needs: ['stg_persona_features', 'fct_persona_members'],
    args: ({ night }) => published(night, 'stg_persona_features'),
  },
  {
    name: 'recruitment',
    with: 'numpy, polars',
    stages: ['recruitment'],
    needs: ['stg_spread_ties', 'stg_persons', 'fct_candidates', 'fct_recruitment_plan'],
    args: ({ file, night }) => [
      file,
      ...['stg_spread_ties', 'stg_persons', 'fct_candidates', 'fct_recruitment_plan'].flatMap(table => [
        `--${table}`,
        ...published(night, table),
      ]),
    ],
  },
  {
    name: 'incentives',
    with: 'polars',
    stages: ['incentives'],
    needs: ['stg_messages', 'stg_topic_messages', 'fct_incentives'],
    args: ({ file, night }) => [
      file,
      ...['stg_messages', 'stg_topic_messages'].flatMap(table => [`--${table}`, ...published(night, table)]),
    ],
  },
];

export type PeerUse = Use & { figures: Record<string, unknown> };

/** Makes the peer's answers in `out`, in a process of its own. */
export async function measurePeer(python: string, peer: Peer, args: string[], out: string): Promise<PeerUse> {
  await mkdir(out, { recursive: true });
  const program = join(folder, `${peer.name}.py`);
  return runAlone<PeerUse>(python, [program, out, ...args], { PYTHONDONTWRITEBYTECODE: '1' });
}
