/** The collecting of a campaign as its workflow sees it. */

/** What is collected by itself, in its own order: a source, or one server of it. */
export interface Lane {
  /** Id of the source. */
  source: string;
  /** Name of its log: the source's id, with `@` and the server where the source has several. */
  name: string;
  /** Base URL of the server, where the source has several; `stream` for a stream beside a source. */
  host?: string;
}

export interface CollectRequest {
  /** The campaign file. */
  file: string;
  campaign: string;
  /** Only this source. */
  source?: string;
  /** Asks for the holes that were left, too, and tries again what failed. */
  fill?: boolean;
}

/** What every activity of a collection is told. */
export interface Collection {
  campaign: string;
  /** Key in the lake of the settings as this collection read them. */
  settings: string;
  lanes: Lane[];
  /** What its owner should know and collecting goes on without. */
  note?: string;
  /** When the filling of holes began, ISO in UTC; left out where only what is new is asked for. */
  filling?: string;
}

export interface Planned {
  /** Tasks that are to be done; none where the round is over. */
  tasks: number;
  /** Those of them that were done before: a plan that was interrupted goes on. */
  done: number;
  /** Whether an interrupted plan goes on: what is new was not planned yet. */
  isBegun: boolean;
  /** The limit that the next page falls under, where all runs of one token share one: it has a queue of its own. */
  limit?: string;
}

export interface Turn {
  /** Tasks of the plan that are done. */
  done: number;
  isOver: boolean;
  pages: number;
  posts: number;
  /** Tasks of this turn that a limit or an error ended. */
  limited: number;
  failed: number;
  /** Milliseconds to wait before the next turn: the network wants patience, or did not answer. */
  wait?: number;
  /** What the network did not answer to, in a line. */
  trouble?: string;
  /** The plan was ended before its end: the round is over for this lane. */
  isAbandoned?: boolean;
  /** As in `Planned`. */
  limit?: string;
}

/** What a lane's round came to. */
export interface LaneReport {
  lane: string;
  source: string;
  tasks: number;
  pages: number;
  posts: number;
  limited: number;
  failed: number;
  /** The last trouble with the network, which collecting survived: one line. */
  trouble?: string;
  /** Why it could not be collected at all: one line. */
  refused?: string;
}

export interface CollectResult {
  campaign: string;
  lanes: LaneReport[];
  note?: string;
}

export interface CollectingActivities {
  /** Reads the campaign file and says what is collected by itself. */
  openCollection(request: CollectRequest): Promise<Collection>;
  /** Plans what is due; a plan that was begun is gone on with. */
  planCollection(input: { collection: Collection; lane: Lane; isFirst: boolean }): Promise<Planned>;
  /** Asks the network for a while, or for one page where a limit is given, and keeps what comes. */
  askNetwork(input: { collection: Collection; lane: Lane; limit?: string }): Promise<Turn>;
}
