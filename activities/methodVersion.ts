import { readFile } from 'node:fs/promises';
import { sha256 } from '../lake/steps.ts';

const known = new Map<string, Promise<string>>();

/**
 * Hash over a method's file and all files of ours that it imports: its version, which nobody has to remember to raise.
 */
export function methodVersion(method: URL): Promise<string> {
  const reading = known.get(method.href) ?? hashTree(method);
  known.set(method.href, reading);
  return reading;
}

async function hashTree(method: URL): Promise<string> {
  const texts = new Map<string, string>();
  const visit = async (file: URL): Promise<void> => {
    if (texts.has(file.href)) return;
    const text = await readFile(file, 'utf8');
    texts.set(file.href, text);
    for (const [, path] of text.matchAll(/from '(\.[^']+)'/g)) await visit(new URL(path!, file));
  };
  await visit(method);
  return sha256([...texts.values()].map(sha256).sort().join('\n'));
}
