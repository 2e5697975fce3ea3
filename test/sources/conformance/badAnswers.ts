import { expect, test } from 'vitest';
import { expectHarmless } from './faults.ts';
import type { Body, Fixture } from './fixture.ts';
import { making, serve } from './network.ts';
import { askFor, canary, expected, kindOf, mapPages, told, walk, withSource } from './walk.ts';

/** Answers that are no pages, and pages that are not what they were. */
export function badAnswers(fixture: Fixture): void {
  const pages = [making(fixture, 1, 2), making(fixture, 3, 4)];
  const json = (body: string): Body => ({ headers: { 'content-type': 'application/json' }, body });

  test.each<[string, Body]>([
    ['a cut document', json(`{"${canary}": [{"text`)],
    ['a page for people', { headers: { 'content-type': 'text/html' }, body: `<html>${canary}</html>` }],
    ['nothing', json('')],
    ['a text', json(`"${canary}"`)],
    ['a document that is nested a million times', json(`${'['.repeat(1e6)}${']'.repeat(1e6)}`)],
  ])('refuses %s instead of a page, and can ask again', async (_, body) => {
    const server = await serve(fixture, { pages, fault: (_page, times) => (times === 0 ? body : undefined) });
    try {
      const first = await walk(fixture, server.address);
      expect(['fatal', 'passing']).toContain(kindOf(first.fault));
      expect(first.pages).toEqual([]);
      expectHarmless(first.fault);
      const query = fixture.query(server.address);
      const again = await withSource(fixture, server.address, async source => {
        const page = await askFor(source, fixture, query);
        return told(mapPages(source, query, [page]).rows);
      });
      expect(again).toEqual(expected(fixture, pages[0]!));
    } finally {
      await server.close();
    }
  });

  test('counts a field that it does not know', async () => {
    const { findings, rows } = await mappedWith(item => {
      item.brand_new_field = 'x';
    });
    const unmapped = Object.entries(findings).filter(([name]) => name.includes('brand_new_field'));
    expect(unmapped.map(([, times]) => times)).toEqual([4]);
    expect(rows.every(row => row.refused === undefined)).toBe(true);
  });

  test('refuses a message without what makes it one, and keeps the others', async () => {
    const { rows } = await mappedWith((item, number) => {
      if (number === 2) delete item[fixture.required];
    });
    const direct = rows.filter(row => !row.isIncluded);
    expect(direct.filter(row => row.refused !== undefined)).toHaveLength(1);
    const kept = pages.flat().filter(made => made.number !== 2);
    expect(told(rows)).toEqual(expected(fixture, kept));
  });

  async function mappedWith(change: (item: Record<string, unknown>, number: number) => void) {
    const server = await serve(fixture, { pages, change: (item, made) => change(item, made.number) });
    try {
      const walked = await walk(fixture, server.address);
      expect(walked.fault).toBeUndefined();
      return await withSource(fixture, server.address, async source =>
        mapPages(source, fixture.query(server.address), walked.pages),
      );
    } finally {
      await server.close();
    }
  }
}
