import type { Campaign } from './campaign.ts';

/** A file of the campaign's own: what the shop, the accountant and the community manager keep in tables. */
export interface SheetShape {
  /** The columns that it may have; its cells are text until SQL has judged them. */
  columns: readonly string[];
  /** Those that may be left out; the other columns must be in the header. */
  optional: readonly string[];
  /** Columns that hold the account of a person. */
  authors: readonly string[];
}

/** The sheets, in the order in which they are read. */
export const sheets = {
  identities: { columns: ['person_id', 'author_id'], optional: [], authors: ['author_id'] },
  optouts: {
    columns: ['author_id', 'since', 'reason'],
    optional: ['since', 'reason'],
    authors: ['author_id'],
  },
  rates: { columns: ['date', 'currency', 'rate'], optional: [], authors: [] },
  orders: {
    columns: [
      'order_id',
      'customer_id',
      'ordered_at',
      'amount',
      'currency',
      'code',
      'promotion',
      'geo',
      'refunded_at',
      'refund_amount',
    ],
    optional: ['code', 'promotion', 'geo', 'refunded_at', 'refund_amount'],
    authors: [],
  },
  customers: {
    columns: ['customer_id', 'author_id', 'clv', 'currency'],
    optional: [],
    authors: ['author_id'],
  },
  codes: {
    columns: ['code', 'author_id', 'campaign', 'valid_from', 'valid_to'],
    optional: [],
    authors: ['author_id'],
  },
  costs: {
    columns: ['author_id', 'kind', 'amount', 'currency', 'spent_at'],
    optional: [],
    authors: ['author_id'],
  },
  candidates: { columns: ['author_id', 'cost', 'acceptance'], optional: [], authors: ['author_id'] },
  panel: { columns: ['unit', 'date', 'sales', 'cost', 'group'], optional: [], authors: [] },
  influence_shares: {
    columns: ['influencer_id', 'influenced_id', 'share'],
    optional: [],
    authors: ['influencer_id', 'influenced_id'],
  },
} as const satisfies Record<string, SheetShape>;

export type Sheet = keyof typeof sheets;

export const sheetNames = Object.keys(sheets) as Sheet[];

/** Where in a campaign file each sheet's path stands. */
export function keysOfSheet(sheet: Sheet): string[] {
  return sheet === 'candidates' ? ['recruitment', 'candidates', 'path'] : [sheet, 'path'];
}

/** The sheets that a campaign names, with the path of each as written. */
export function sheetsOf(campaign: Campaign): { sheet: Sheet; path: string }[] {
  return sheetNames.flatMap(sheet => {
    const named = sheet === 'candidates' ? campaign.recruitment?.candidates : campaign[sheet];
    return named === undefined ? [] : [{ sheet, path: named.path }];
  });
}
