/** A clause as the tables give it in English, and the same in French of its parts ('' where one is missing). */
export type Reason = readonly [RegExp, (...parts: string[]) => string | undefined];

export const reasonClause = (text: string) => new RegExp(`^${text}$`);

/** A figure as the tables write it, as French writes it: 24,000 EUR, −2.5 %. */
export const figure = (text: string) =>
  text
    .replace(/(\d),(?=\d{3})/g, '$1\u202f')
    .replace(/(\d)\.(\d)/g, '$1,$2')
    .replace(/(^|\s)-(?=\d)/g, '$1−')
    .replace(/ (?=%)/g, '\u00a0');
