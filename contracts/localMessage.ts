/**
 * A message on a network whose servers know messages by ids of their own: what is asked of a server is asked by its
 * id, what is kept is known by the URI. Both stand in one subject of a query, `<id> <uri>`.
 */
export interface LocalMessage {
  /** What the server calls it that is asked (`host` of the query). */
  id: string;
  /** What the whole network calls it. */
  uri: string;
}

/** The subject of a query about a message. */
export function subjectOf({ id, uri }: LocalMessage): string {
  return `${id} ${uri}`;
}

/** The message of a subject; a subject without a blank is a URI without an id. */
export function localMessageOf(subject: string): LocalMessage {
  const blank = subject.indexOf(' ');
  return { id: subject.slice(0, Math.max(0, blank)), uri: subject.slice(blank + 1) };
}
