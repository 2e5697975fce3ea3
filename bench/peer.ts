import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FatalError, messageOf } from '../contracts/errors.ts';
import { runAlone, type Use } from './measure.ts';
import type { MeasuredNight } from './one-night.ts';

const folder = fileURLToPath(new URL('peer/', import.meta.url));
const run = promisify(execFile);

/**
 * A Python of its own with the pinned packages, in `place`; made once.
 *
 * @param requirements file that names them
 * @returns the path of its interpreter
 * @throws FatalError where there is no Python, or its packages can't be had
 */
export async function preparePeer(
  place: string,
  requirements = join(folder, 'requirements.txt'),
): Promise<string> {
  const python = join(place, 'bin', 'python');
  try {
    await run('python3', ['-m', 'venv', place]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  } catch (error) {
    throw new FatalError(`the peer can't be set up: ${messageOf(error).slice(0, 400)}`, {
      where: requirements,
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
  /** The steps whose work it does: a stage with a slash for all of its steps, or a single one. */
  steps: readonly string[];
  /** Tables of the night that it begins with. */
  needs: readonly string[];
  /** What it is called with after the folder for its answers. */
  args(input: { file: string; night: MeasuredNight }): string[];
}

const filesOf = (night: MeasuredNight, table: string) => night.tables[table]!;
const named = (night: MeasuredNight, ...tables: string[]) =>
  tables.flatMap(table => [`--${table}`, ...filesOf(night, table)]);

export const peers: readonly Peer[] = [
  {
    name: 'night',
    with: 'polars, numpy, igraph, scipy',
    steps: ['conversations/authors', 'cascades/', 'influence/'],
    needs: ['stg_messages'],
    args: ({ file, night }) => [dirname(file), ...filesOf(night, 'stg_messages')],
  },
  {
    name: 'authenticity',
    with: 'polars, scipy',
    steps: ['authenticity/'],
    needs: ['stg_messages', 'fct_coordination'],
    args: ({ night }) => filesOf(night, 'stg_messages'),
  },
  {
    name: 'interests',
    with: 'scikit-learn, snowballstemmer, scipy',
    steps: ['interests/'],
    needs: ['stg_messages', 'fct_interests'],
    args: ({ file, night }) => [file, ...filesOf(night, 'stg_messages')],
  },
  {
    name: 'personas',
    with: 'scikit-learn',
    steps: ['personas/groups', 'personas/tables'],
    needs: ['stg_persona_features', 'stg_persona_platforms', 'fct_persona_members'],
    args: ({ night }) => named(night, 'stg_persona_features', 'stg_persona_platforms'),
  },
  {
    name: 'recruitment',
    with: 'numpy, polars',
    steps: ['recruitment/plan', 'recruitment/tables'],
    needs: ['stg_spread_ties', 'stg_persons', 'fct_candidates', 'fct_recruitment_plan'],
    args: ({ file, night }) => [
      file,
      ...named(night, 'stg_spread_ties', 'stg_persons', 'fct_candidates', 'fct_recruitment_plan'),
    ],
  },
  {
    name: 'incentives',
    with: 'polars',
    steps: ['incentives/'],
    needs: ['stg_messages', 'stg_topic_messages', 'fct_incentives'],
    args: ({ file, night }) => [file, ...named(night, 'stg_messages', 'stg_topic_messages')],
  },
];

export type PeerUse = Use & { figures: Record<string, unknown> };

/** Makes the peer's answers in `out`, in a process of its own. */
export async function measurePeer(python: string, peer: Peer, args: string[], out: string): Promise<PeerUse> {
  await mkdir(out, { recursive: true });
  const program = join(folder, `${peer.name}.py`);
  return runAlone<PeerUse>(python, [program, out, ...args], { PYTHONDONTWRITEBYTECODE: '1' });
}
