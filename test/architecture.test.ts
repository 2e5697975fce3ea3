import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workflowBundle } from '../worker.ts';
import { files, root, textOf } from './architecture/files.ts';
import { type Import, importsOf, packageOf } from './architecture/imports.ts';

/** The house from the roof down: a file imports what lies below its own floor. */
const floors = [
  ['rim'],
  ['workflows', 'report'],
  ['activities'],
  ['sources', 'lake', 'engine', 'methods'],
  ['contracts'],
];
/** Beside the house: set-up, measurements and tests, which nothing of the house may need. */
const beside = ['tools', 'bench', 'test'];
/** What of the house may reach into tools/: who starts the Temporal server, and who examines the set-up. */
const mayUseTools = /^(client\.ts|commands\/doctor(\.ts|\/))/;
const mayUseTemporal =
  /^((worker|client|collecting|collectingSchedules|scheduleHandles|temporal|log|schedules|history)\.ts|workflows\/|tools\/temporal\/|commands\/doctor\/)/;

const code = files.filter(path => /\.(ts|mts|mjs)$/.test(path));
const imports = code.flatMap(path => importsOf(path, textOf(path)));

/** `rim` for the commands and for the files at the top, else the folder. */
function placeOf(path: string): string {
  const [folder] = path.split('/');
  return folder === path || folder === 'commands' ? 'rim' : folder!;
}

function floorOf(path: string): number {
  return floors.findIndex(places => places.includes(placeOf(path)));
}

const isInHouse = (path: string) => path !== 'vitest.config.ts' && !beside.includes(placeOf(path));
const shown = (list: readonly Import[]) =>
  list.map(({ from, to, isType }) => `${from} → ${isType ? 'type ' : ''}${to}`);

describe('imports', () => {
  it('are found in every form that there is', () => {
    const text = [
      "import type { A } from '../b/a.ts';",
      "import { type B } from './b.ts';",
      "export { c } from './c.ts';",
      "export type { D } from './d.ts';",
      "import '@scope/package/inner';",
      "await import('node:fs');",
      `new Worker(new URL('./${'e'}.ts', import.meta.url));`,
    ].join('\n');
    expect(shown(importsOf('a/x.ts', text)).sort()).toEqual(
      [
        'a/x.ts → type b/a.ts',
        'a/x.ts → a/b.ts',
        'a/x.ts → a/c.ts',
        'a/x.ts → type a/d.ts',
        'a/x.ts → @scope/package/inner',
        'a/x.ts → node:fs',
        'a/x.ts → a/e.ts',
      ].sort(),
    );
    expect(packageOf('@scope/package/inner')).toBe('@scope/package');
  });

  it('lead to files that are there', () => {
    expect(shown(imports.filter(({ to, isOurs }) => isOurs && !existsSync(join(root, to))))).toEqual([]);
  });

  it('come from places that are known', () => {
    expect(code.filter(path => isInHouse(path) && floorOf(path) < 0)).toEqual([]);
  });

  it('lead downwards, or stay in the same folder', () => {
    const ours = imports.filter(({ from, to, isOurs }) => isOurs && isInHouse(from) && isInHouse(to));
    const wrong = ours.filter(({ from, to }) => {
      if (placeOf(from) === placeOf(to)) return false;
      // A reader of files fills a session that it is handed: it knows the port, never the engine behind it.
      if (placeOf(from) === 'sources' && to === 'engine/engine.ts') return false;
      return floorOf(to) <= floorOf(from);
    });
    expect(shown(wrong)).toEqual([]);
  });

  it('of the house lead to nothing beside it, save for the server that the rim starts', () => {
    const outward = imports.filter(({ from, to, isOurs }) => isOurs && isInHouse(from) && !isInHouse(to));
    expect(
      shown(outward.filter(({ from, to }) => !(placeOf(to) === 'tools' && mayUseTools.test(from)))),
    ).toEqual([]);
  });

  it('of tools/ lead to contracts alone', () => {
    const ofTools = imports.filter(({ from, isOurs }) => isOurs && placeOf(from) === 'tools');
    expect(shown(ofTools.filter(({ to }) => !['tools', 'contracts'].includes(placeOf(to))))).toEqual([]);
  });

  it('of workflows/ take activities as types and nothing of Node', () => {
    const ofWorkflows = imports.filter(({ from }) => placeOf(from) === 'workflows');
    const below = ofWorkflows.filter(
      ({ to, isOurs }) => isOurs && !['workflows', 'contracts'].includes(placeOf(to)),
    );
    expect(shown(below.filter(({ isType }) => !isType))).toEqual([]);
    expect(shown(ofWorkflows.filter(({ to }) => to.startsWith('node:')))).toEqual([]);
  });

  it.each([
    ['contracts', ['zod', 'yaml']],
    [
      'methods',
      [
        '@orama/stemmers',
        '@stdlib/math-base-special-gammaln',
        '@stdlib/stats-base-dists-beta-quantile',
        '@stdlib/stats-base-dists-normal-cdf',
        '@stdlib/stats-base-dists-normal-quantile',
        '@stdlib/stats-base-dists-poisson-cdf',
        '@stdlib/stats-base-dists-t-quantile',
        'linear-sum-assignment',
        'ml-matrix',
        'stopword',
      ],
    ],
  ])('of %s/ need no package but %j, and nothing of Node', (place, packages) => {
    const foreign = imports.filter(({ from, isOurs }) => !isOurs && placeOf(from) === place);
    expect(shown(foreign.filter(({ to }) => !(packages as string[]).includes(packageOf(to))))).toEqual([]);
  });

  it('of Temporal stand in workflows/, in tools/temporal/ and at the rim', () => {
    const ofTemporal = imports.filter(
      ({ from, to }) => to.startsWith('@temporalio/') && !/^(test|bench)\//.test(from),
    );
    expect(shown(ofTemporal.filter(({ from }) => !mayUseTemporal.test(from)))).toEqual([]);
  });

  it('of what draws the page stand in report/', () => {
    const drawing = imports.filter(
      ({ from, to }) => ['@observablehq/plot', 'linkedom'].includes(packageOf(to)) && isInHouse(from),
    );
    expect(drawing.length).toBeGreaterThan(2);
    expect(shown(drawing.filter(({ from }) => placeOf(from) !== 'report'))).toEqual([]);
  });

  it('of DuckDB stand in engine/', () => {
    const ofDuckDB = imports.filter(
      ({ from, to }) => packageOf(to) === '@duckdb/node-api' && isInHouse(from),
    );
    expect(shown(ofDuckDB.filter(({ from }) => placeOf(from) !== 'engine'))).toEqual([]);
  });
});

describe('contracts/ and methods/', () => {
  const impure =
    /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\b|\bcrypto\b|\bprocess\b|\bsetTimeout\b/g;

  it('know no clock, no randomness and no process', () => {
    expect('new Date(); Date.now() + Math.random()'.match(impure)).toHaveLength(3);
    const found = code
      .filter(path => /^(contracts|methods)\//.test(path))
      .flatMap(
        path =>
          withoutComments(textOf(path))
            .match(impure)
            ?.map(word => `${path}: ${word}`) ?? [],
      );
    expect(found).toEqual([]);
  });
});

describe('the bundle of the workflows', () => {
  it('holds workflows, contracts and what Temporal needs, and nothing of what does the work', async () => {
    const bundle = await workflowBundle();
    const modules = [...bundle.matchAll(/^\/\*{3}\/ "(\.\/[^"]+)"/gm)].map(match => match[1]!.slice(2));
    expect(modules).toContain('workflows/workflows.ts');
    const ours = modules.filter(path => !path.startsWith('node_modules/'));
    expect(ours.filter(path => !/^(workflows|contracts)\//.test(path))).toEqual([]);
    const packages = modules.filter(path => path.startsWith('node_modules/'));
    const known = ['@temporalio/common', '@temporalio/workflow', 'long', 'ms', 'nexus-rpc'];
    expect(
      packages
        .map(path => packageOf(path.slice('node_modules/'.length)))
        .filter(name => !known.includes(name)),
    ).toEqual([]);
    for (const word of ['duckdb', 'read_parquet', 'node:fs', 'withScratch', 'stg_ties.sql']) {
      expect(bundle.includes(word), `"${word}" in the bundle`).toBe(false);
    }
  });
});

describe('files', () => {
  it('are short enough to hold one idea, estimators apart', () => {
    const isEstimator = (path: string) => /^(test\/)?methods\//.test(path);
    const long = [...code, ...files.filter(path => path.endsWith('.sql'))]
      .filter(path => !isEstimator(path))
      .map(path => ({ path, lines: textOf(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > 250);
    expect(long).toEqual([]);
  });

  it('are named after what they are', () => {
    const empty = /^(utils?|helpers?|common|core|managers?|misc)$/i;
    const parts = (path: string) => path.split('/').flatMap(part => part.replace(/\..*$/, '').split(/[-_]/));
    expect(files.filter(path => parts(path).some(part => empty.test(part)))).toEqual([]);
  });

  it('name no machine', () => {
    // Put together here, so that this file does not name one either.
    const folders = ['work', 'root', 'tmp', 'home/[a-z]+', 'Users/[A-Za-z]+', 'private/var'];
    const machine = new RegExp(`(?<![\\w./~-])/(${folders.join('|')})/[\\w.-]`, 'g');
    expect(`in '/${'tmp'}/x'`.match(machine)).toHaveLength(1);
    const found = files.flatMap(
      path =>
        textOf(path)
          .match(machine)
          ?.map(place => `${path}: ${place}`) ?? [],
    );
    expect(found).toEqual([]);
  });

  it('name no registry of packages', () => {
    const lock = JSON.parse(textOf('package-lock.json')) as {
      packages: Record<string, { resolved?: string }>;
    };
    expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    const registry = execFileSync('npm', ['config', 'get', 'registry'], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    const host = new URL(registry.trim()).host;
    expect(files.filter(path => textOf(path).includes(host))).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/[^\n]*/g, '');
}
