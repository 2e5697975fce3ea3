import { messageOf } from '../../contracts/errors.ts';
import { parseExactly } from '../exactJson.ts';
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
export function parsedBody(answer: Answer, url: string): unknown {
  const place = placeOf(new URL(url));
  const { body } = answer;
  if (body.length === 0) throw new UnfitAnswer(`${place} answers with nothing`);
  if (isTooDeep(body)) throw new UnfitAnswer(`${place} answers with JSON that is nested too deep`);
  try {
    return parseExactly(body.toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw new UnfitAnswer(`${place} can't be read: ${messageOf(error)}`);
    throw new UnfitAnswer(`${place} answers with something that is no JSON`);
  }
}

/** Counts brackets outside of texts; bytes will do, as JSON's own signs are ASCII. */
function isTooDeep(body: Buffer): boolean {
  let depth = 0;
  for (let index = 0; index < body.length; index++) {
    const byte = body[index];
    if (byte === quote) {
      index = endOfText(body, index);
    } else if (byte === brace || byte === bracket) {
      if (++depth > deepest) return true;
    } else if (byte === braceEnd || byte === bracketEnd) depth--;
  }
  return false;
}

const [quote, backslash, brace, braceEnd, bracket, bracketEnd] = Buffer.from('"\\{}[]');

/** Where the text ends that begins here. */
function endOfText(body: Buffer, start: number): number {
  for (let from = start + 1; ; ) {
    const end = body.indexOf(quote!, from);
    if (end < 0) return body.length;
    let escapes = 0;
    while (body[end - 1 - escapes] === backslash) escapes++;
    if (escapes % 2 === 0) return end;
    from = end + 1;
  }
}
