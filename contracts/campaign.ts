import { z } from 'zod';
import { faultsOfFlight } from './flight.ts';
import { faultsOfRules, rewardedEvents, rewardKinds } from './incentiveRules.ts';
import { asksForNothing, blueskySource, mastodonSource, xSource } from './liveSources.ts';
import { readMoney } from './money.ts';

import { isTimezone } from './timezone.ts';

/** What a campaign file may say: the one contract of the file, from which its JSON Schema is published. */

const id = z.string().regex(/^[a-z0-9-]+$/, 'must be made of a–z, 0–9 and -');
const day = z.iso.date('must be a day, like 2026-03-01');
const days = z
  .string()
  .regex(/^[1-9][0-9]{0,3}d$/, 'must be a number of days, like 90d')
  .describe('a number of days, like 90d');
const share = z.number().min(0).max(1);
const margin = z
  .number()
  .min(0)
  .max(1, 'must be a share of the revenue, at most 1: 42 % is written 0.42')
  .describe('what is left of the revenue once the goods are paid, as a share of it');
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency of three letters, like EUR');
const moneyDue = 'must be an amount and a currency, like 20000 EUR';
const money = z
  .string({ error: ({ input }) => (input === undefined ? undefined : moneyDue) })
  .regex(/^[0-9]+(\.[0-9]{1,4})? [A-Z]{3}$/, moneyDue);
const account = z
  .string()
  .regex(/^[a-z0-9-]+:\S+$/, 'must be <platform>:<native id>, like x:12345')
  .describe('<platform>:<native id>');
// JavaScript would put such a name before all others, and the first topic is the campaign's own.
const topic = z.string().regex(/[^0-9]/, 'must not be a whole number');
const words = z.array(z.string().trim().min(1)).min(1);
const file = z.strictObject({ path: z.string().min(1) });

export const fileFormats = [
  'messages',
  'x-api-v2',
  'x-api-v1',
  'mastodon',
  'bluesky',
  'reddit',
  'youtube',
] as const;
export type FileFormat = (typeof fileFormats)[number];

const sourceId = id.refine(
  name => name !== 'all',
  '"all" stands for all sources in fct_quality: choose another id',
);
const filesSource = z.strictObject({
  id: sourceId,
  type: z.literal('files'),
  format: z.enum(fileFormats),
  path: z.string().min(1).describe('a file or a glob, relative to the campaign file'),
});

const reward = z.strictObject({
  kind: z.enum(rewardKinds),
  on: z
    .enum(rewardedEvents)
    .describe('an order that carries a code of the person, or a message of theirs about the topic'),
  amount: money.optional(),
  rate: share.optional().describe("share of the order's amount"),
  cap: money.optional().describe('what one person may earn by this rule'),
});

export const campaignSchema = z
  .strictObject({
    campaign: id.describe('the name of the campaign, in every table and path'),
    brand: z
      .strictObject({ name: z.string().min(1), accounts: z.array(account).default([]) })
      .describe('whose talk it is; its accounts are never listed as influencers'),
    timezone: z.string().refine(isTimezone, 'is not a time zone, like Europe/Paris').default('UTC'),
    window: z
      .strictObject({ conversations: days.default('90d'), attribution: days.default('30d') })
      .prefault({})
      .describe('how far back a night looks'),
    seed: z.int().min(0).default(0),
    flight: z
      .strictObject({ from: day, to: day, pre_from: day, pre_to: day })
      .optional()
      .describe(
        'the days that returns are measured over, and the quiet days before them; both ends included',
      ),
    schedule: z
      .strictObject({
        every: z.literal('day').default('day'),
        at: z
          .string()
          .regex(/^([01][0-9]|2[0-3]):[0-5][0-9]Z$/, 'must be a time in UTC, like 04:00Z')
          .default('04:00Z'),
      })
      .optional(),
    sources: z
      .array(
        z.discriminatedUnion('type', [
          filesSource,
          blueskySource.extend({ id: sourceId }),
          mastodonSource.extend({ id: sourceId }),
          xSource.extend({ id: sourceId }),
        ]),
      )
      .min(1),
    topics: z.record(topic, words).optional(),
    exclude: z
      .record(z.string().min(1), words)
      .optional()
      .describe('by topic: words that speak of another meaning'),
    forwarders: z.strictObject({ when_unknown: z.enum(['cas-in', 'root']).default('cas-in') }).prefault({}),
    influence: z
      .strictObject({
        weights: z
          .strictObject({
            reshare: z.number().min(0).max(1000).default(1),
            quote: z.number().min(0).max(1000).default(1),
            reply: z.number().min(0).max(1000).default(1),
            comment: z.number().min(0).max(1000).default(1),
          })
          .prefault({}),
        hostile: z
          .record(
            z.string().regex(/^[a-z]{2,3}$/, 'must be a language, like fr'),
            z
              .array(z.string().regex(/^[\p{L}\p{N}\p{M}]+$/u, 'must be one word of letters and digits'))
              .min(1),
          )
          .default({})
          .describe('by language: words that make a reply or a quote hostile where it has no sentiment'),
      })
      .prefault({}),
    orders: file.extend({ currency, margin }).optional(),
    customers: file.optional(),
    influence_shares: file
      .optional()
      .describe("which share of a customer's value is owed to whom, instead of what the talk says"),
    identities: file.optional(),
    optouts: file.optional(),
    rates: file.optional(),
    codes: file.optional(),
    panel: file
      .extend({
        unit: z.string().trim().min(1).describe('what a unit is, in a word: geo, shop, zone'),
        assignment: z
          .enum(['random', 'chosen'])
          .default('chosen')
          .describe('whether lots decided which units were treated, or somebody chose them'),
        margin: margin.optional().describe('where it differs from that of the orders, or there are none'),
        currency: currency.optional().describe('of sales and cost, where there are no orders'),
      })
      .optional(),
    costs: file.optional(),
    recruitment: z
      .strictObject({
        budget: money,
        topic: z
          .string()
          .optional()
          .describe('the topic that candidates should care about; the first of `topics` where not said'),
        candidates: file.optional(),
        quotas: z
          .strictObject({
            persona: z.record(z.string(), z.int().min(0)).optional(),
            platform: z.record(z.string(), z.int().min(0)).optional(),
          })
          .optional()
          .describe('at most so many people of a persona or platform; who is not named has no limit'),
        holdout: share
          .optional()
          .describe('share of the candidates, drawn by lot, who are deliberately not asked'),
      })
      .optional(),
    incentives: z
      .strictObject({
        budget: money.describe('what may be paid in all, refunds taken off'),
        cap_per_person: money.optional().describe('what one person may earn by all rules together'),
        earns: z.array(reward).min(1),
        from: day.optional(),
        to: day.optional(),
      })
      .optional(),
    privacy: z
      .strictObject({ pseudonymise: z.boolean().default(true), retention: days.default('365d') })
      .prefault({}),
    gates: z
      .strictObject({
        max_drop: share.default(0.2).describe('share of rows that a table may lose since the last night'),
        max_unmapped: share.optional().describe('share of rows of a source that may carry unknown fields'),
      })
      .prefault({}),
  })
  .superRefine((campaign, context) => {
    const known = Object.keys(campaign.topics ?? {});
    const unknown = (topic: string, path: string[]) => {
      if (known.includes(topic)) return;
      const names = known.length === 0 ? 'there are none' : `they are ${known.join(', ')}`;
      context.addIssue({ code: 'custom', path, message: `"${topic}" is not one of the topics: ${names}` });
    };
    for (const topic of Object.keys(campaign.exclude ?? {})) unknown(topic, ['exclude', topic]);
    if (campaign.recruitment?.topic !== undefined)
      unknown(campaign.recruitment.topic, ['recruitment', 'topic']);
    const { incentives, orders, recruitment } = campaign;
    for (const [place, source] of campaign.sources.entries()) {
      if (!asksForNothing(source, campaign.brand.accounts, recruitment?.candidates !== undefined)) continue;
      const message = 'asks for nothing: say what it should search, or whom it should follow';
      context.addIssue({ code: 'custom', path: ['sources', place], message });
    }
    const paid = recruitment === undefined ? undefined : readMoney(recruitment.budget).currency;
    // A budget that is no money has its own fault.
    if (paid !== undefined && /^[A-Z]{3}$/.test(paid) && orders !== undefined && paid !== orders.currency) {
      const message = `is in ${paid}, but orders are in ${orders.currency}: give the budget, and what candidates cost, in ${orders.currency}`;
      context.addIssue({ code: 'custom', path: ['recruitment', 'budget'], message });
    }
    for (const { keys, message } of faultsOfFlight(campaign.flight))
      context.addIssue({ code: 'custom', path: ['flight', ...keys], message });
    const sold = campaign.panel?.currency;
    if (sold !== undefined && orders !== undefined && sold !== orders.currency) {
      const message = `is ${sold}, but orders are in ${orders.currency}: give sales and cost of the panel in ${orders.currency}`;
      context.addIssue({ code: 'custom', path: ['panel', 'currency'], message });
    }
    const faults = incentives === undefined ? [] : faultsOfRules(incentives, orders?.currency);
    for (const { keys, message } of faults)
      context.addIssue({ code: 'custom', path: ['incentives', ...keys], message });
  });

export type Campaign = z.infer<typeof campaignSchema>;
export type Source = Campaign['sources'][number];
export type FilesSource = Extract<Source, { type: 'files' }>;
export type LiveSettings = Exclude<Source, { type: 'files' }>;

/** The sources that are files. */
export function fileSources({ sources }: Campaign): FilesSource[] {
  return sources.filter(source => source.type === 'files');
}

/** The sources that are collected from networks. */
export function liveSources({ sources }: Campaign): LiveSettings[] {
  return sources.filter(source => source.type !== 'files');
}

/** The currency that money is told in: the shop's, else the panel's, else that of the first budget; undefined where no money is named. */
export function currencyOf({ orders, panel, recruitment, incentives }: Campaign): string | undefined {
  return orders?.currency ?? panel?.currency ?? (recruitment?.budget ?? incentives?.budget)?.split(' ')[1];
}

/** Days of a duration like 90d. */
export function daysOf(duration: string): number {
  return Number(duration.slice(0, -1));
}
