import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Language, languages } from '../../report/language.ts';
import { pageOf } from '../../report/page.ts';
import type { NightOnPage } from '../../report/read.ts';
import { parsed } from './elements.ts';
import { bareNight, nightOf } from './night.ts';
import { returnRow } from './returns.ts';

const both: [Language, string][] = languages.map(language => [language, pageOf(nightOf(), language)]);

/** What a reader reads, with all blanks alike. */
const textOf = (html: string) => parsed(html).text.replace(/\s+/g, ' ');

describe('every figure', () => {
  it('stands in the text, in the numbers of the language', () => {
    const [english, french] = both.map(([, html]) => textOf(html)) as [string, string];
    for (const text of [
      'every €1 spent earned €0.34 on top, between €0.07 and €0.61',
      'It sold €76,752 more than would have been sold anyway (between €61,300 and €92,203, 95% confidence), and cost €24,000',
      'the interval of “difference-in-differences” does not meet the headline’s',
      'came to €31,705; of these, €9,121 were by people who had never bought before',
      'sales changed by +€131,225',
      'Ask these 3 people: 7 people can then be expected',
      'That is 2 times as many as by asking those with most followers and 3 times as many as by asking at random.',
      'at least 84% of the best possible',
      'Of 1,124 people, these 3 hold 0.4% of all influence; an equal share would be 0.3%',
      '12 accounts share the same things',
      '4 times passed on, half of it within 33 minutes',
      'Of the 3 people with most followers, one is among these: a list by followers is another list.',
      'Most talked of is ice cream: 558 of 1,139 people',
      'Of 20,255 rows read, 52 could not be understood',
    ]) {
      expect(english).toContain(text);
    }
    for (const text of [
      'pour 1 € dépensé, elle a dégagé 0,34 € de gain net, entre 0,07 € et 0,61 €',
      'Elle a fait vendre 76 752 € de plus',
      'l’intervalle de « double différence » ne recoupe pas',
      'Sollicitez ces 3 personnes : on peut s’attendre à ce que 7 personnes',
      'au moins 84 % du maximum possible',
      'Données jusqu’au 28 mars 2026',
      'trop peu d’unités : il en faut cinq de chaque côté',
    ]) {
      expect(french).toContain(text);
    }
  });

  it.each(both)('names its table and key (%s)', (_, html) => {
    const text = textOf(html);
    for (const source of [
      'dim_night',
      'fct_returns · randomised hold-out',
      'fct_returns · codes and links',
      'fct_return_days · randomised hold-out',
      'fct_return_placebos · randomised hold-out',
      'fct_recruitment_plan · dim_personas',
      'fct_recruitment_alternatives',
      'fct_recruitment_holdout',
      'fct_credits',
      'fct_influencers',
      'fct_influencer_value',
      'fct_coordination · is_flagged',
      'fct_cascades · bluesky:at://did:plc:root/post/1 · fct_messages',
      'fct_persona_features · persona-1',
      'fct_topics',
      'fct_topic_words · fct_topic_neighbours',
      'fct_coverage',
      'fct_quality',
    ]) {
      expect(text.replaceAll(' · ', '·').replace(/\s*·\s*/g, '·')).toContain(source.replaceAll(' · ', '·'));
    }
  });
});

describe('the verdict', () => {
  /** The first heading of an English page whose headline is such a row. */
  const headed = (
    row: Parameters<typeof returnRow>[0] | undefined,
    night: Partial<NightOnPage['night']> = {},
  ) => {
    const full = nightOf();
    const methods = row === undefined ? [] : [returnRow({ is_headline: true, evidence_level: 2, ...row })];
    const page = pageOf(
      {
        ...full,
        night: { ...full.night, ...night },
        returns: { methods, placebos: [], days: [], credits: [] },
      },
      'en',
    );
    return /<h1>(.*?)<\/h1>/.exec(page)![1];
  };
  const method = 'time-based regression';

  it('says gain, loss and open, with both bounds', () => {
    expect(headed({ method, verdict: 'loss', roi: -0.2, roi_low: -0.35, roi_high: -0.05 })).toBe(
      'The campaign cost more than it earned: of every €1 spent, €0.20 was lost, between €0.05 and €0.35.',
    );
    expect(headed({ method, verdict: 'open', roi: 0.2, roi_low: -0.1, roi_high: 0.5 })).toBe(
      'Whether the campaign paid for itself is open: for every €1 spent, anything from a loss of €0.10 to a gain of €0.50 fits what was measured.',
    );
    expect(
      headed({ method, verdict: 'gain', roi: 1.9467, roi_low: 1.7598, roi_high: 2.1337, currency: 'USD' }),
    ).toBe(
      'The campaign paid for itself: every US$1 spent earned US$1.95 on top, between US$1.76 and US$2.13.',
    );
  });

  it('gives no number without bounds', () => {
    const unbounded = headed({ method, verdict: 'open', roi: 0.2, is_unbounded: true });
    expect(unbounded).toBe(
      'The campaign had an effect or none: what it cost is too uncertain to set bounds to its return.',
    );
    expect(
      headed(undefined, { returns_verdict: 'cannot_tell', returns_reason: 'no zone was left alone' }),
    ).toBe('What the campaign brought back cannot be told.');
    expect(headed(undefined, { returns_verdict: null })).toContain('was not measured');
    expect(headed(undefined, { messages: 0 })).toContain('no message');
  });
});

describe('a night without inputs', () => {
  it('says what is missing and what would fill it', () => {
    const text = textOf(pageOf(bareNight, 'en'));
    for (const part of [
      'No panel: add flight and panel to the campaign file',
      'No plan: the campaign file needs recruitment',
      'No topics: add topics to the campaign file',
      'Nobody is seen to move anybody',
      'Influential people can’t be told apart',
    ]) {
      expect(text).toContain(part);
    }
    expect(textOf(pageOf(bareNight, 'fr'))).toContain('Pas de panel : ajoutez flight et panel');
  });

  it('says once what all methods say, and draws no return where there is none', () => {
    const night = nightOf();
    const reason =
      'There is no control: the campaign ran in all 24 units of the panel, so nothing is left to compare with.';
    const methods = ['time-based regression', 'synthetic control', 'difference-in-differences'].map(
      (method, index) =>
        returnRow({ method, verdict: 'cannot_tell', evidence_level: 2 + (index >> 1), reason }),
    );
    const text = textOf(
      pageOf({ ...night, returns: { methods, placebos: [], days: [], credits: [] } }, 'en'),
    );
    expect(text).toContain(
      `time-based regression, synthetic control and difference-in-differences ${reason}`,
    );
    expect(text.split(reason)).toHaveLength(2);
    expect(text).not.toContain('Return on investment, by every method');
  });

  it('shows the first 40 of a long plan and says how many more there are', () => {
    const night = nightOf();
    const [one] = night.plan.people;
    night.plan.people = Array.from({ length: 60 }, (_, rank) => ({
      ...one!,
      author_id: `x:${2000 + rank}`,
      plan_rank: rank + 1,
    }));
    const text = textOf(pageOf(night, 'en')).replaceAll(' ', '');
    expect([text.includes('x:2039'), text.includes('x:2040')]).toEqual([true, false]);
    expect(text).toContain('And20more');
  });

  it('gives no places without intervals, and places from–to with them', () => {
    expect(textOf(pageOf(nightOf(), 'en'))).toContain('Not yet tested against chance');
    const night = nightOf();
    night.influence.top = night.influence.top.map((row, index) => ({
      ...row,
      cie_rank_low: 1,
      cie_rank_high: 2 + index,
    }));
    const text = textOf(pageOf(night, 'en'));
    expect(text).not.toContain('Not yet tested');
    expect(text).toContain('1–4');
  });
});

describe.each(both)('the page (%s)', (language, html) => {
  const { attributes, census } = parsed(html);

  it('is one file that asks for nothing and runs nothing', () => {
    expect(
      Object.keys(census).filter(kind => /^(script|img|iframe|link|object|form|base|use|image)\b/.test(kind)),
    ).toEqual([]);
    expect(attributes.filter(({ name }) => /^on|^(src|srcset|style|xlink:href)$/.test(name))).toEqual([]);
    expect(attributes.filter(({ name, value }) => name === 'href' && !value.startsWith('#'))).toEqual([]);
    const style = /<style>([\s\S]*)<\/style>/.exec(html)![1]!;
    expect(style).not.toMatch(/url\(|@import/);
    const hash = createHash('sha256').update(style).digest('base64');
    expect(attributes.find(({ value }) => value.startsWith("default-src 'none'"))?.value).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
  });

  it('is in its language, has one first heading, and leads to every section', () => {
    expect(html.startsWith(`<!doctype html>\n<html lang="${language}">`)).toBe(true);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    const ids = attributes.filter(({ name }) => name === 'id').map(({ value }) => value);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = attributes.filter(({ name }) => name === 'href').map(({ value }) => value.slice(1));
    expect(targets.filter(target => !ids.includes(target))).toEqual([]);
    expect(targets).toEqual([
      'plan',
      'plan',
      'returns',
      'influence',
      'cascade',
      'personas',
      'topics',
      'unseen',
    ]);
  });

  it('has the same bytes each time, and fits into half a megabyte', () => {
    expect(pageOf(nightOf(), language)).toBe(html);
    expect(Buffer.byteLength(html)).toBeLessThan(500_000);
  });
});

it('sets French as the French do: no space that may break before ; : ! ? » or after «', () => {
  for (const night of [nightOf(), bareNight]) {
    const { text } = parsed(pageOf(night, 'fr'));
    expect(text.match(/.{0,30}[ ][;:!?»%€]/g) ?? []).toEqual([]);
    expect(text.match(/« .{0,30}/g) ?? []).toEqual([]);
    expect(text.match(/[\p{L}\d][!?;»]/gu) ?? []).toEqual([]);
    expect(text).not.toContain("'");
  }
});
