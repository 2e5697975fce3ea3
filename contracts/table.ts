import type { Stage } from './stages.ts';

/** Where a committed table lies: what travels through Temporal instead of rows. */
export interface TableRef {
  table: string;
  /** Key of the step's record in the lake. */
  uri: string;
  rows: number;
  /** Over the content of the table's files, in order. */
  sha256: string;
}

/** Committed tables by name: what a step reads and what it adds. */
export type Tables = Record<string, TableRef>;

/** One immutable Parquet file in the lake. */
export interface TableFile {
  /** Key in the lake. */
  key: string;
  rows: number;
  bytes: number;
  sha256: string;
  /** The day whose rows it holds, where the table is kept by day. */
  day?: string;
}

/** A table as its step committed it. */
export interface StoredTable {
  table: string;
  sentence: string;
  grain: string[];
  columns: { name: string; type: string; comment?: string }[];
  rows: number;
  sha256: string;
  files: TableFile[];
}

/** The record whose presence says that a step is done. */
export interface StepRecord {
  campaign: string;
  stage: Stage;
  step: string;
  fingerprint: string;
  /** What the fingerprint was made of. */
  making: StepMaking;
  tables: StoredTable[];
}

/** Everything that a step's result depends on. */
export interface StepMaking {
  /** Content hashes of the inputs, by name. */
  inputs: Record<string, string>;
  /** Hash over the SQL texts and method versions. */
  code: string;
  parameters: Record<string, string | number | boolean | null>;
}

/** What became of a step in a run. */
export type Outcome = 'computed' | 'reused' | 'verified' | 'would compute' | 'unknown';

export interface StepReport {
  stage: Stage;
  step: string;
  outcome: Outcome;
  seconds: number;
  rows: Record<string, number>;
  /** In a few words, what the attempt did. */
  detail?: string;
}

export interface StepResult {
  tables: Tables;
  report: StepReport;
}
