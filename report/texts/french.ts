/** U+00A0 and U+202F. */
const space = '\u00a0';
const narrow = '\u202f';

/**
 * A French text: the spaces that French asks for before ; : ! ? » % € and after « don't break. Only what we wrote is set so:
 * what is put in stays as it is.
 */
export function fr(texts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return texts.map((text, index) => set(text) + (values[index] ?? '')).join('');
}

function set(text: string): string {
  return text
    .replace(/ (?=[;!?])/g, narrow)
    .replace(/ (?=[:»%€])/g, space)
    .replace(/(?<=«) /g, space)
    .replaceAll("'", '’');
}
