import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stages } from '../contracts/stages.ts';
import type { Session } from '../engine/engine.ts';
import { type Model, models } from '../engine/models.ts';
import { casesOf, fillFromCsv, inSession } from './models/cases.ts';
import { layer, rulesOfForm } from './models/rulesOfForm.ts';
import { rulesOfMeaning } from './models/rulesOfMeaning.ts';
import { parse } from './models/syntax.ts';

const rules = [...rulesOfForm, ...rulesOfMeaning];

describe('rules of the dialect', () => {
  for (const rule of rules) {
    it(rule.says, () =>
      inSession(async session => {
        expect(await rule.breaches(await parse(session, rule.broken), 'dim_any', session)).not.toEqual([]);
      }),
    );
  }

  it('refuse what is no SELECT', () =>
    inSession(async session => {
      await expect(parse(session, "COPY (SELECT 1) TO 'a.csv'")).rejects.toThrow(SyntaxError);
      await expect(parse(session, 'CREATE TABLE a AS SELECT 1')).rejects.toThrow(SyntaxError);
    }));
});

describe.each([...models.values()].map(model => [`sql/${model.stage}/${model.table}.sql`, model] as const))(
  '%s',
  (_, model) => {
    it('keeps the rules of the dialect', () =>
      withInputs(model, async session => {
        const syntax = await parse(session, model.sql);
        const found: Record<string, unknown[]> = {};
        for (const rule of rules) {
          const breaches = await rule.breaches(syntax, model.table, session);
          if (breaches.length > 0) found[rule.says] = breaches;
        }
        expect(found).toEqual({});
      }));

    it('has a header that says what it is', () =>
      withInputs(model, async session => {
        expect(model.sentence, 'a sentence').toMatch(/^[A-Z].*[^:][.?]$/s);
        expect(model.sql.match(/^-- grain: ./gm), 'one grain').toHaveLength(1);
        await session.view('output', model.sql);
        const columns = await session.describe('output');
        const names = columns.map(column => column.name);
        expect(names, 'the grain is among the columns').toEqual(expect.arrayContaining(model.grain));
        if (model.splitBy !== undefined)
          expect(columns).toContainEqual({ name: model.splitBy, type: 'DATE' });
        if (/^(dim|fct)_/.test(model.table)) {
          expect(Object.keys(model.comments), 'every column has a comment, in order').toEqual(names);
          expect(Object.values(model.comments)).not.toContain('');
        }
        if (/^(dim|fct|stg)_/.test(model.table)) {
          const contract = /^(BOOLEAN|INTEGER|BIGINT|DOUBLE|VARCHAR|DATE|TIMESTAMP|DECIMAL\(18,4\))$/;
          expect(
            columns.filter(column => !contract.test(column.type)),
            'types of the BI contract',
          ).toEqual([]);
        }
      }));
  },
);

/** A session with the tables that a model reads, as its first golden case gives them. */
function withInputs(model: Model, work: (session: Session) => Promise<void>): Promise<void> {
  return inSession(async session => {
    const [golden] = casesOf(model.table);
    for (const input of golden?.inputs ?? []) await fillFromCsv(session, input, golden!.fileOf(input));
    await work(session);
  });
}

/** Tables that methods write, by the stage that calls the method. */
const estimates: Record<string, (typeof stages)[number]> = {
  est_pseudonyms: 'conversations',
  est_sheet_pseudonyms: 'conversations',
  est_forest: 'cascades',
  est_conversation: 'cascades',
  est_inferred_forwards: 'cascades',
  est_forward_findings: 'cascades',
  est_coordination: 'authenticity',
  est_coordinated_messages: 'authenticity',
  est_coordination_findings: 'authenticity',
  est_influence: 'influence',
  est_total_effects: 'influence',
  est_chunk_terms: 'interests',
  est_terms: 'interests',
  est_seeds: 'interests',
  est_lexicon: 'interests',
  est_interests: 'interests',
  est_topics: 'interests',
  est_persona_before: 'personas',
  est_personas: 'personas',
  est_persona_register: 'personas',
  est_persona_members: 'personas',
  est_persona_traits: 'personas',
  est_persona_trials: 'personas',
  est_arms: 'recruitment',
  est_recruits: 'recruitment',
  est_strategies: 'recruitment',
  est_strategy_members: 'recruitment',
  est_certificate: 'recruitment',
  est_smallest_effects: 'recruitment',
  est_earlier_entries: 'incentives',
  est_ledger: 'incentives',
  est_influence_value: 'returns',
  est_value_findings: 'returns',
  est_returns: 'returns',
  est_return_placebos: 'returns',
  est_return_days: 'returns',
  est_return_answer: 'returns',
  est_credits: 'returns',
  est_credit_findings: 'returns',
};

describe('layers of sql/', () => {
  const place = (stage: (typeof stages)[number]) => stages.indexOf(stage);

  it('are named by the tables', () => {
    expect([...models.keys()].filter(table => !layer.test(table))).toEqual([]);
    expect([...models.keys()].filter(table => /^(raw|est)_/.test(table))).toEqual([]);
  });

  it('have a folder a stage, and the dialects beside them', () => {
    const folders = readdirSync(new URL('../sql/', import.meta.url));
    expect(
      folders.filter(name => name !== 'dialect' && !(stages as readonly string[]).includes(name)),
    ).toEqual([]);
  });

  it('are read in order: raw_ by stg_ alone, no int_ of another stage by dim_ and fct_, nothing of a later stage', () =>
    inSession(async session => {
      const breaches: string[] = [];
      for (const { table, stage, sql } of models.values()) {
        for (const read of await session.reads(sql)) {
          if (read === 'params') continue;
          if (read.startsWith('raw_')) {
            if (!table.startsWith('stg_')) breaches.push(`${table} reads ${read}`);
            continue;
          }
          const from = models.get(read)?.stage ?? estimates[read];
          if (from === undefined) breaches.push(`${table} reads ${read}, which nobody makes`);
          else if (place(from) > place(stage))
            breaches.push(`${table} reads ${read} of the later stage ${from}`);
          else if (/^(dim|fct)_/.test(table) && read.startsWith('int_') && from !== stage) {
            breaches.push(`${table} reads ${read}, private to ${from}`);
          }
        }
      }
      expect(breaches).toEqual([]);
    }));

  it('hold nothing that neither another model nor a step of the night reads', () =>
    inSession(async session => {
      const read = new Set(
        (await Promise.all([...models.values()].map(model => session.reads(model.sql)))).flat(),
      );
      const folders = ['workflows', 'activities'].map(name => new URL(`../${name}/`, import.meta.url));
      const steps = folders.flatMap(folder =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter(name => name.endsWith('.ts'))
          .map(name => readFileSync(new URL(name, folder), 'utf8')),
      );
      const unread = [...models.keys()].filter(
        table => !read.has(table) && !steps.some(text => text.includes(`'${table}'`)),
      );
      expect(unread).toEqual([]);
    }));
});
