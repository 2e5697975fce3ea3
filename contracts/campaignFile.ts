import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Campaign, campaignSchema } from './campaign.ts';
import { FatalError } from './errors.ts';

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
      message: error.message.split('\n')[0]!,
    }));
    return { campaign: undefined, faults, lineOf };
  }
  const parsed = campaignSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return { campaign: parsed.data, faults: repeatedSources(parsed.data, lineOf), lineOf };
  const faults = parsed.error.issues.flatMap(issue => faultsOf(issue, lineOf));
  return { campaign: undefined, faults: faults.sort((a, b) => a.line - b.line), lineOf };
}

/** All faults of a file as one error, a line each. */
export function campaignError(file: string, faults: readonly Fault[]): FatalError {
  const list = faults.map(fault => `  ${file}:${fault.line}: ${fault.path === '' ? '' : `${fault.path}: `}${fault.message}`);
  const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
  return new FatalError(`the campaign file has ${count}\n${list.join('\n')}\n`, {
    next: `mend it, then \`npx sillage check ${file}\``,
  });
}

function repeatedSources(campaign: Campaign, lineOf: CampaignText['lineOf']): Fault[] {
  const seen = new Set<string>();
  return campaign.sources.flatMap((source, index) => {
    if (!seen.has(source.id)) {
      seen.add(source.id);
      return [];
    }
    const keys = ['sources', index, 'id'];
    return [{ path: pathText(keys), line: lineOf(keys), message: `the id "${source.id}" is used twice` }];
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

function pathText(keys: readonly (string | number)[]): string {
  return keys.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}
