import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Campaign, campaignSchema } from './campaign.ts';
import { FatalError, messageOf } from './errors.ts';

/** One thing wrong in a campaign file. */
export interface Fault {
  /** Where in the file's tree, like `sources[0].path`; empty for the file as a whole. */
  path: string;
  line: number;
  message: string;
}

export interface CampaignText {
  /** Undefined where there are faults. */
  campaign: Campaign | undefined;
  /** What the file says, right or wrong; undefined where it is no YAML. */
  tree: unknown;
  faults: Fault[];
  /** The line on which a path of the tree stands, or its nearest parent's. */
  lineOf(keys: readonly (string | number)[]): number;
}

/** Reads a campaign file's text; every fault at once, each with its path and line. */
export function readCampaign(text: string): CampaignText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const lineOf = (keys: readonly (string | number)[]) => lineAt(document.contents, keys, lines);
  if (document.errors.length > 0) {
    const faults = document.errors.map(error => ({
      path: '',
      line: lines.linePos(error.pos[0]).line,
      message:
        error.code === 'MULTIPLE_DOCS'
          ? 'a second document begins; one is due'
          : error.message.split('\n')[0]!,
    }));
    return { campaign: undefined, tree: undefined, faults, lineOf };
  }
  let tree: unknown;
  try {
    tree = document.toJS() ?? {};
  } catch (error) {
    // Aliases of nothing, or aliases of aliases that would fill the memory.
    return {
      campaign: undefined,
      tree: undefined,
      faults: [{ path: '', line: 1, message: messageOf(error) }],
      lineOf,
    };
  }
  const parsed = campaignSchema.safeParse(tree, { error: plainWords });
  const broken = parsed.success ? [] : parsed.error.issues.flatMap(issue => faultsOf(issue, lineOf));
  const faults = [...broken, ...repeatedSources(tree, lineOf)].sort((a, b) => a.line - b.line);
  return { campaign: faults.length === 0 ? parsed.data : undefined, tree, faults, lineOf };
}

/** All faults of a file as one error, a line each. */
export function campaignError(file: string, faults: readonly Fault[]): FatalError {
  const list = faults.map(
    fault => `  ${file}:${fault.line}: ${fault.path === '' ? '' : `${fault.path}: `}${fault.message}`,
  );
  const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
  return new FatalError(`the campaign file has ${count}\n${list.join('\n')}\n`, {
    next: `mend it, then \`npx sillage check ${file}\``,
  });
}

function repeatedSources(tree: unknown, lineOf: CampaignText['lineOf']): Fault[] {
  const { sources } = tree as { sources?: unknown };
  const seen = new Set<string>();
  return (Array.isArray(sources) ? sources : []).flatMap((source: { id?: unknown } | null, index) => {
    const id = source?.id;
    if (typeof id !== 'string' || !seen.has(id)) {
      if (typeof id === 'string') seen.add(id);
      return [];
    }
    const keys = ['sources', index, 'id'];
    return [{ path: pathText(keys), line: lineOf(keys), message: `the id "${id}" is used twice` }];
  });
}

function faultsOf(issue: z.core.$ZodIssue, lineOf: CampaignText['lineOf']): Fault[] {
  const keys = issue.path as (string | number)[];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({
      path: pathText([...keys, key]),
      line: lineOf([...keys, key]),
      message: 'unknown key',
    }));
  }
  return [{ path: pathText(keys), line: lineOf(keys), message: issue.message }];
}

/** What the schema does not say in words of its own. */
function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const due =
        issue.expected === 'record' || issue.expected === 'object' ? 'a mapping' : nounOf(issue.expected);
      return issue.input === undefined ? `is missing: ${due} is due` : `must be ${due}`;
    }
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return issue.note === 'No matching discriminator'
        ? 'must be one of files, bluesky, mastodon, x'
        : undefined;
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? 'must not be empty'
        : `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    default:
      return undefined;
  }
}

const nouns: Record<string, string> = {
  array: 'a list',
  string: 'a text',
  int: 'a whole number',
  boolean: 'true or false',
};

function nounOf(expected: string): string {
  return nouns[expected] ?? `a ${expected}`;
}

function lineAt(root: Node | null, keys: readonly (string | number)[], lines: LineCounter): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find(item => String(item.key) === String(key));
      if (pair === undefined) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return lines.linePos(offset).line;
}

/** A path of the tree as people write it, like `sources[0].path`. */
export function pathText(keys: readonly (string | number)[]): string {
  return keys
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
}
