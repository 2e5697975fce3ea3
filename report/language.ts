/** The languages of the page. */
export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

/** A text in each of them. */
export type InEach<T> = Readonly<Record<Language, T>>;
