import { posix } from 'node:path';
import { parseSync } from 'vite';

/** One module that a file names. */
export interface Import {
  /** Path of the file within the project. */
  from: string;
  /** Path of the module within the project, or the package as it is written. */
  to: string;
  isOurs: boolean;
  /** `import type` and `export type`: nothing of it is there when the program runs. */
  isType: boolean;
}

/** What a file imports, exports again, loads while running, or names as a file to be run (`new URL('./x.ts', …)`). */
export function importsOf(from: string, text: string): Import[] {
  const { module, errors } = parseSync(from, text);
  if (errors.length > 0) throw new SyntaxError(`${from}: ${errors[0]!.message}`);
  const found: Import[] = [];
  const add = (specifier: string, start: number) => {
    const isOurs = specifier.startsWith('.');
    const to = isOurs ? posix.join(posix.dirname(from), specifier) : specifier;
    // `import { type A }` is not meant: it leaves an import behind, which runs the module.
    found.push({ from, to, isOurs, isType: /^(import|export)\s+type\b/.test(text.slice(start)) });
  };
  for (const { moduleRequest, start } of module.staticImports) add(moduleRequest.value, start);
  for (const { entries, start } of module.staticExports) {
    const requests = new Set(entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []));
    for (const request of requests) add(request, start);
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^['"](.+)['"]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1];
    if (literal !== undefined) add(literal, start);
  }
  for (const match of text.matchAll(/new URL\('(\.[^']+\.(?:ts|mjs))', import\.meta\.url\)/g)) {
    add(match[1]!, match.index);
  }
  return found;
}

/** The package of a specifier: `@temporalio/common` of `@temporalio/common/lib/x`, `node:fs` of itself. */
export function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
