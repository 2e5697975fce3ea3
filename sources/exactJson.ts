const maybeInexact = /[:[,\s](?:-?\d{16}|-?\d[\d.]*[eE])/;

/**
 * Parses JSON without passing ids through doubles: an integer beyond 2^53 and a number with an exponent come out as
 * the text that stood there, so that an id keeps its digits and one that has lost them shows it.
 *
 * @throws SyntaxError on text that is not JSON
 */
export function parseExactly(text: string): unknown {
  return maybeInexact.test(text) ? JSON.parse(text, keepDigits as Reviver) : JSON.parse(text);
}

/** The compiler does not know yet that a reviver is told the text of what it revives. */
type Reviver = (key: string, value: unknown) => unknown;

function keepDigits(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value !== 'number') return value;
  const source = context.source ?? String(value);
  return (Number.isInteger(value) && !Number.isSafeInteger(value)) || /[eE]/.test(source) ? source : value;
}
