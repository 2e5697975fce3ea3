import type { Interval } from './interval.ts';
import type { Stage } from './stages.ts';
import type { StepReport, StepResult, TableRef, Tables } from './table.ts';

export const modes = ['manual', 'scheduled', 'backfill'] as const;
export type Mode = (typeof modes)[number];

/** Which part of a night to run again. Earlier stages must then lie there as they are. */
export interface Scope {
  /** Runs this stage and all after it. */
  from?: Stage;
  /** Runs this stage alone and publishes nothing. */
  only?: Stage;
  /** Computes again into scratch and compares with what is committed. */
  force?: boolean;
  /** Says what would happen and does nothing. */
  dryRun?: boolean;
}

/** What a night is asked to be. */
export interface NightRequest {
  /** The campaign file. */
  file: string;
  /** The campaign's name as the caller read it: a file that changed its name meanwhile is refused. */
  campaign: string;
  interval: Interval;
  run: string;
  /** Which start of the run it is: run ids begin anew where a server has forgotten. */
  attempt?: string;
  mode: Mode;
  scope: Scope;
  /** A run whose raw inputs are used again, instead of what lies there now. */
  pinned?: string;
}

/** What every activity of a night is told. */
export interface Night {
  campaign: string;
  /** Key in the lake of the settings as this night read them. */
  settings: string;
  interval: Interval;
  run: string;
  attempt: string;
  mode: Mode;
  scope: Scope;
}

export interface PublishedTable {
  table: string;
  rows: number;
  files: number;
  bytes: number;
}

/** What a night ended as. */
export interface NightResult {
  run: string;
  campaign: string;
  interval: Interval;
  mode: Mode;
  steps: StepReport[];
  /** Undefined when the scope left publishing out, or nothing was done. */
  published: Published | undefined;
  /** Where the page lies, one file a language; undefined when the scope left it out, or nothing was done. */
  pages?: string[];
}

/** What came of the page: no table, but files. */
export interface PageResult extends StepResult {
  pages: string[];
}

export interface Published {
  /** Number of the commit in the log; undefined on a dry run. */
  entry: number | undefined;
  /** Whether this run made the commit, or the same bytes were published already. */
  outcome: 'published' | 'unchanged' | 'would publish';
  version: string;
  folder: string;
  tables: PublishedTable[];
  verdict: string;
  reason: string;
  /** What the campaign returned, in one word and one sentence; left out where nothing is there to tell it by. */
  returns?: { verdict: string; reason: string };
  warnings: string[];
}

/** The steps of a night as the workflow sees them; Temporal, a test and a debugger hand in the same. */
export interface Activities {
  /** Reads the campaign file and keeps its settings. */
  open(request: NightRequest): Promise<Night>;
  /** Keeps the raw files as they are and lists them. */
  collect(input: { night: Night; pinned?: string }): Promise<StepResult>;
  /** Reads every listed file into validated rows. */
  read(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Reads the campaign's own files: orders, identities, opt-outs and so on. */
  readSheets(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Finds the names under which people leave the house. */
  pseudonymise(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Computes tables of `sql/`. */
  model(input: {
    night: Night;
    stage: Stage;
    step: string;
    wanted: string[];
    tables: Tables;
  }): Promise<StepResult>;
  /** Grows the trees of forwards and of conversations. */
  growForest(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Finds who acts in concert. */
  findCoordination(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Sums influence over the network of ties. */
  sumInfluence(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Finds the words of every message. */
  splitWords(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Grows the words of each topic from its seeds. */
  growLexicon(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Fits how much people care for each topic. */
  fitInterests(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Groups influential people by what they have in common. */
  findPersonas(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Chooses whom to ask within the budget, and whom to hold out. */
  planRecruitment(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Enters what was earned into the ledger of incentives. */
  keepLedger(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Says what the influence of everybody on customers is worth. */
  valueInfluence(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Divides the flight's orders among the people met before them. */
  divideCredit(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Estimates what the campaign returned, by every design whose inputs are there. */
  estimateReturns(input: { night: Night; tables: Tables }): Promise<StepResult>;
  /** Publishes the night: all of its tables or none. */
  publish(input: { night: Night; tables: Tables; steps: StepReport[] }): Promise<Published>;
  /** Writes the page of the published night in every language. */
  writePage(input: { night: Night; tables: Tables }): Promise<PageResult>;
}

export type { StepReport, StepResult, TableRef, Tables };
