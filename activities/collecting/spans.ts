import type { Span } from '../../contracts/collection.ts';

/** What is left of a stretch of time when others are taken out of it. */
export function withoutSpans(span: Span, taken: readonly Span[]): Span[] {
  const time = (instant: string) => Date.parse(instant);
  return taken.reduce(
    (left, { from, to }) =>
      left.flatMap(piece => {
        if (time(to) <= time(piece.from) || time(from) >= time(piece.to)) return [piece];
        const before = { from: piece.from, to: from };
        const after = { from: to, to: piece.to };
        return [before, after].filter(one => time(one.from) < time(one.to));
      }),
    [span],
  );
}
