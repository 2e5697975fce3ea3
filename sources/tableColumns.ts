import { FatalError } from '../contracts/errors.ts';

/** Which column of a table holds which field. */
export interface TableColumns {
  /** Place of each field's column. */
  places: Map<string, number>;
  /** Columns that are no field. */
  unknown: { name: string; place: number }[];
}

/** What columns a table should have. */
export interface TableFields {
  fields: readonly string[];
  required: readonly string[];
  /** What the fields belong to, as its owner calls it. */
  of: string;
}

/**
 * Finds the columns of a table by their names, whatever their case.
 *
 * @param where the file, or the file and line, to name in an error
 * @throws FatalError where a required column is missing, or one stands twice
 */
export function tableColumns(
  names: readonly string[],
  { fields, required, of }: TableFields,
  where: string,
): TableColumns {
  const places = new Map<string, number>();
  const unknown: TableColumns['unknown'] = [];
  for (const [place, name] of names.entries()) {
    const field = name.trim().toLowerCase();
    if (!fields.includes(field)) unknown.push({ name: name.trim() || `column ${place + 1}`, place });
    else if (places.has(field)) {
      throw new FatalError(`column ${field} stands twice`, { where, next: 'rename one of the two' });
    } else places.set(field, place);
  }
  const missing = required.filter(field => !places.has(field));
  if (missing.length > 0) {
    const found = names.map(name => name.trim()).join(', ');
    const shown = found.length > 200 ? `${found.slice(0, 200)}…` : found;
    // What holds no name of a column may be a first row instead of a header, and cells are not told in errors.
    const instead = places.size > 0 ? `found ${shown}` : 'found none in the first line: is it a header?';
    throw new FatalError(
      `the ${missing.length > 1 ? 'columns' : 'column'} ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing; ${instead}`,
      { where, next: `rename columns to those of \`${of}\`: ${fields.join(', ')}` },
    );
  }
  return { places, unknown };
}
