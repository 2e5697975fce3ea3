import { ruleName } from '../contracts/incentiveRules.ts';
import type { Night } from '../contracts/night.ts';
import type { StepResult } from '../contracts/table.ts';
import type { ColumnType, Scalar } from '../engine/engine.ts';
import { canonical, sha256 } from '../lake/steps.ts';
import { lanesOf } from './collecting/lanes.ts';
import { codeOf } from './modelPlan.ts';
import type { RawFile } from './runRecord.ts';
import type { Settings } from './settings.ts';
import { runStep } from './step.ts';
import { storeTable } from './store.ts';
import type { World } from './world.ts';

/**
 * The lists that SQL reads: files, sheets, lanes of collecting, the brand's accounts, words.
 *
 * @param listedAt when the inputs were looked for, ISO in UTC; left out where nothing is told of what was asked
 */
export async function storeLists(
  world: World,
  night: Night,
  settings: Settings,
  inputs: RawFile[],
  listedAt?: string,
): Promise<StepResult> {
  const { campaign } = settings;
  const lists: Record<string, { columns: Record<string, ColumnType>; grain: string[]; rows: Scalar[][] }> = {
    raw_files: {
      columns: {
        source: 'VARCHAR',
        query: 'VARCHAR',
        file: 'VARCHAR',
        format: 'VARCHAR',
        file_sha256: 'VARCHAR',
      },
      grain: ['source', 'file'],
      rows: inputs
        .filter(file => file.format !== 'sheet')
        .map(file => [file.source, file.query, file.file, file.format, file.sha256]),
    },
    raw_sheet_files: {
      columns: { sheet: 'VARCHAR', query: 'VARCHAR', file: 'VARCHAR', file_sha256: 'VARCHAR' },
      grain: ['sheet', 'file'],
      rows: inputs
        .filter(file => file.format === 'sheet')
        .map(file => [file.source, file.query, file.file, file.sha256]),
    },
    raw_live_lanes: {
      columns: { source: 'VARCHAR', lane: 'VARCHAR', asked_until: 'TIMESTAMP' },
      grain: ['lane'],
      rows:
        listedAt === undefined
          ? []
          : lanesOf(settings).map(({ source, name }) => [source, name, askedUntil(night.interval, listedAt)]),
    },
    raw_brand_accounts: {
      columns: { author_id: 'VARCHAR' },
      grain: ['author_id'],
      rows: [...new Set(campaign.brand.accounts)].map(account => [account]),
    },
    raw_topic_words: {
      columns: { topic: 'VARCHAR', topic_number: 'INTEGER', word: 'VARCHAR', is_excluded: 'BOOLEAN' },
      grain: ['topic', 'is_excluded', 'word'],
      rows: [campaign.topics ?? {}, campaign.exclude ?? {}].flatMap((lists, place) =>
        Object.entries(lists).flatMap(([topic, words]) =>
          [...new Set(words)].map(word => [
            topic,
            Object.keys(campaign.topics ?? {}).indexOf(topic),
            word,
            place === 1,
          ]),
        ),
      ),
    },
    raw_incentive_rules: {
      columns: { rule: 'VARCHAR', rule_number: 'INTEGER', kind: 'VARCHAR', earned_on: 'VARCHAR' },
      grain: ['rule'],
      rows: (campaign.incentives?.earns ?? []).map((rule, place) => [
        ruleName(rule),
        place,
        rule.kind,
        rule.on,
      ]),
    },
    raw_hostile_words: {
      columns: { language: 'VARCHAR', word: 'VARCHAR' },
      grain: ['language', 'word'],
      rows: Object.entries(campaign.influence.hostile).flatMap(([language, words]) =>
        [...new Set(words)].map(word => [language, word]),
      ),
    },
  };
  const parameters = { content: sha256(canonical(lists)) };
  const making = { inputs: {}, code: codeOf([]), parameters };
  const plan = { stage: 'conversations' as const, step: 'collect', making, outputs: Object.keys(lists) };
  // Listing what lies there is never left out, whatever part of the night is run.
  return runStep(world, { ...night, scope: {} }, plan, async workshop => {
    const stored = [];
    for (const [table, { columns, grain, rows }] of Object.entries(lists)) {
      await workshop.session.fill(table, columns, rows);
      const shape = { table, grain, sentence: 'A list that the night began with.', meaning: 'list' };
      stored.push(await storeTable(world.lake, night.campaign, workshop, shape));
    }
    return stored;
  });
}

/** The hour until which a night may expect that networks were asked: its interval's end, or sooner, where that is still to come. */
function askedUntil({ to }: Night['interval'], listedAt: string): string {
  const [end, hour] = [`${to} 00:00:00`, `${listedAt.slice(0, 13).replace('T', ' ')}:00:00`];
  return end < hour ? end : hour;
}
