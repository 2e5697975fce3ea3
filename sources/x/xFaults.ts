import { FatalError } from '../../contracts/errors.ts';
import { Unanswerable } from '../liveSource.ts';
import { type Endpoint, endpointLimits } from './limits.ts';

/** What an error says of the question that failed; nothing in it came from X. */
export interface Asked {
  /** Id of the source in the campaign file. */
  source: string;
  host: string;
  /** The environment variable that holds the token. */
  variable: string;
  endpoint: Endpoint;
  label: string;
  /** Whether the question is as the campaign file has it, and not about a message that was seen. */
  isWritten: boolean;
}

/** Access that an endpoint needs beyond that of the plans that X sells to everybody. */
const isArchive = (endpoint: Endpoint) => endpoint === 'archive' || endpoint === 'archive-counts';

/** What X says is wrong with a request. */
export interface Problem {
  title?: unknown;
  type?: unknown;
  reason?: unknown;
  errors?: unknown;
  data?: unknown;
}

/** Whether the plan's cap of posts is reached: X says so with the status of rate limits. */
export function isCapReached({ title, type }: Problem): boolean {
  return title === 'UsageCapExceeded' || (typeof type === 'string' && type.endsWith('/usage-capped'));
}

/** Whether X finds a time of the request out of its bounds, as it does where the clocks differ. */
export function isAboutTimes({ errors }: Problem): boolean {
  if (!Array.isArray(errors)) return false;
  return errors.some(error => {
    const { parameters } = (error ?? {}) as { parameters?: unknown };
    return (
      typeof parameters === 'object' &&
      parameters !== null &&
      ('start_time' in parameters || 'end_time' in parameters)
    );
  });
}

export function unknownToken({ source, host, variable }: Asked): FatalError {
  return new FatalError(
    `X does not take the bearer token of the source ${source}: it is wrong or revoked (401)`,
    {
      where: host,
      next: `make a new one in X's developer console and set ${variable}`,
    },
  );
}

export function noAccess({ source, host, endpoint }: Asked, { reason }: Problem): FatalError {
  const { path } = endpointLimits[endpoint];
  const next =
    reason === 'client-not-enrolled'
      ? "put the app into a project with access to X API v2 in X's developer console"
      : isArchive(endpoint)
        ? 'take `archive: true` out of the source, or choose a plan with the full archive in X’s developer console'
        : "choose a plan with this endpoint in X's developer console";
  return new FatalError(`the token of the source ${source} may not ask ${path} (403)`, { where: host, next });
}

export function refusedQuery({ source, label }: Asked): Unanswerable {
  return new Unanswerable(
    `X refuses the query \`${label}\` of the source ${source} (400)`,
    "mend it in the campaign file: docs.x.com tells the operators under 'Build a query'",
  );
}

export function wrongServer({ source, host, endpoint }: Asked): FatalError {
  const { path } = endpointLimits[endpoint];
  return new FatalError(`the server of the source ${source} knows no ${path} (404)`, {
    where: host,
    next: 'mend `service` in the campaign file: it is what stands before /2/tweets',
  });
}
