import type { Child } from './element.ts';
import type { Paper } from './paper.ts';

export interface Column {
  head: string;
  /** Numbers stand to the right, one above the other. */
  isNumber?: boolean;
}

/** A table whose first column names the row; it scrolls by itself where the screen is narrower. */
export function table(
  { make }: Paper,
  {
    caption,
    columns,
    rows,
  }: { caption: string; columns: readonly Column[]; rows: readonly (readonly Child[])[] },
): Child {
  const kind = (column: number) => (columns[column]!.isNumber ? 'number' : undefined);
  const head = columns.map((column, index) => make('th', { scope: 'col', class: kind(index) }, column.head));
  const body = rows.map(row =>
    make(
      'tr',
      {},
      row.map((cell, index) =>
        index === 0
          ? make('th', { scope: 'row', class: kind(index) }, cell)
          : make('td', { class: kind(index) }, cell),
      ),
    ),
  );
  return make(
    'div',
    { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': caption },
    make(
      'table',
      {},
      make('caption', {}, make('span', {}, caption)),
      make('thead', {}, make('tr', {}, head)),
      make('tbody', {}, body),
    ),
  );
}
