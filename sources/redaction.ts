/** Shorter texts would redact half the language. */
const shortest = 6;
/** What is put in the place of a secret. */
const mark = '[secret]';

/** Every secret that this process knows, in every spelling that it may come out in; the longest first. */
let spellings: string[] = [];

/**
 * Has a text redacted from now on, wherever this process writes: passwords and tokens of the environment, and the
 * tokens of sessions that servers hand out.
 */
export function markSecret(secret: string): void {
  if (secret.length < shortest) return;
  const known = new Set([...spellings, ...spellingsOf(secret)]);
  if (known.size > spellings.length) spellings = [...known].sort((a, b) => b.length - a.length);
}

/** The text without any secret that this process knows. */
export function redacted(text: string): string {
  let clean = text;
  for (const spelling of spellings) {
    if (clean.includes(spelling)) clean = clean.replaceAll(spelling, mark);
  }
  return clean;
}

/** The error, its texts and those of its causes redacted in place: its class and its stack tell what it is. */
export function redactedError<T>(error: T, depth = 0): T {
  if (!(error instanceof Error) || depth > 20) return error;
  const fields: unknown = error;
  for (const name of ['message', 'stack', 'what', 'where', 'next']) {
    const text = (fields as Record<string, unknown>)[name];
    if (typeof text !== 'string' || redacted(text) === text) continue;
    Object.defineProperty(error, name, { value: redacted(text), configurable: true, writable: true });
  }
  redactedError(error.cause, depth + 1);
  if (error instanceof AggregateError) for (const one of error.errors) redactedError(one, depth + 1);
  return error;
}

function spellingsOf(secret: string): string[] {
  const inAddress = encodeURIComponent(secret);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inHtml = secret
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
  const lower = inAddress.replace(/%[0-9A-F]{2}/g, code => code.toLowerCase());
  const all = [secret, inJson, inHtml, inAddress, lower, inAddress.replaceAll('%20', '+')];
  for (const code of ['base64', 'base64url'] as const) {
    all.push(Buffer.from(secret).toString(code).replace(/=+$/, ''));
  }
  return all;
}
