import { messageOf } from '../../contracts/errors.ts';
import { parseExactly } from '../exactJson.ts';
import { isNestedDeeper } from '../nesting.ts';
import type { Answer } from './answer.ts';
import { placeOf, UnfitAnswer } from './askFault.ts';

/** No network nests its pages this deep; parsers fall over at some depth. */
const deepest = 200;

/**
 * The JSON of an answer, its ids exact.
 *
 * @param url what was asked: its host and path are named where the answer is none
 * @throws UnfitAnswer where the body is empty, no JSON, or nested too deep; nothing of it gets into the message
 */
export function parsedBody(answer: Answer, url: string = answer.url): unknown {
  const place = placeOf(new URL(url));
  if (answer.body.length === 0) throw new UnfitAnswer(`${place} answers with nothing`);
  const text = answer.body.toString('utf8');
  if (isNestedDeeper(text, deepest))
    throw new UnfitAnswer(`${place} answers with JSON that is nested too deep`);
  try {
    return parseExactly(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw new UnfitAnswer(`${place} can't be read: ${messageOf(error)}`);
    throw new UnfitAnswer(`${place} answers with something that is no JSON`);
  }
}
