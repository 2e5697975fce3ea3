import type { Answer } from '../http/answer.ts';
import { Withheld } from '../liveSource.ts';
import { capReset } from './capReset.ts';
import { endpointLimits } from './limits.ts';
import { problemIn, readXBody, type XBody } from './xBody.ts';
import { type Asked, noAccess, refusedQuery, unknownToken, wrongServer } from './xFaults.ts';

/** An answer of X, and what was asked. */
export interface XAnswer {
  answer: Answer;
  url: string;
}

/**
 * What is in an answer that is a page; also where X says that what it was asked about is gone.
 *
 * @param usage asks what X knows of its own cap
 * @throws Withheld where a cap or a lack of credits withholds the page; Unanswerable where X can't read the query;
 *   FatalError where a person must act; Error else
 */
export async function pageOf(
  { answer, url }: XAnswer,
  asked: Asked,
  usage: () => Promise<XAnswer>,
): Promise<XBody> {
  const { status } = answer;
  if (status === 401) throw unknownToken(asked);
  if (status === 402) throw new Withheld('the account of the app has no credits left at X', undefined);
  if (status === 403) throw noAccess(asked, problemIn(answer, url));
  if (status === 429) {
    const told = await usage();
    throw new Withheld(
      "X's own cap of posts is reached",
      capReset(problemIn(told.answer, told.url), Date.now()),
    );
  }
  // Only what a person wrote can be mended by one: a question about a message that X refuses is a failure like others.
  if (status === 400 && asked.isWritten) throw refusedQuery(asked);
  const isOfSubject = endpointLimits[asked.endpoint].path.includes(':id');
  if (status === 404 && !isOfSubject) throw wrongServer(asked);
  if (status >= 400 && status !== 404 && status !== 410) throw new Error(`${asked.host} answers ${status}`);
  return readXBody(answer, url);
}
