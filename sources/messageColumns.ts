import { FatalError } from '../contracts/errors.ts';
import { messageFields, requiredFields } from '../contracts/message.ts';
import { isMessageField } from './rawRows.ts';

export interface MessageColumns {
  /** Place of each field's column. */
  places: Map<string, number>;
  /** Columns that are no field of a message. */
  unknown: { name: string; place: number }[];
}

/**
 * Which columns of a table hold which fields of a message.
 *
 * @throws FatalError where a column that every message needs is missing, or one stands twice
 */
export function messageColumns(names: readonly string[], file: string): MessageColumns {
  const places = new Map<string, number>();
  const unknown: MessageColumns['unknown'] = [];
  for (const [place, name] of names.entries()) {
    const field = name.trim().toLowerCase();
    if (!isMessageField(field)) unknown.push({ name: name.trim() || `column ${place + 1}`, place });
    else if (places.has(field)) {
      throw new FatalError(`column ${field} stands twice`, { where: file, next: 'rename one of the two' });
    } else places.set(field, place);
  }
  const missing = requiredFields.filter(field => !places.has(field));
  if (missing.length > 0) {
    const found = names.map(name => name.trim()).join(', ');
    const shown = found.length > 200 ? `${found.slice(0, 200)}…` : found;
    throw new FatalError(
      `the ${missing.length > 1 ? 'columns' : 'column'} ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing; found ${shown}`,
      { where: file, next: `rename columns to those of \`messages\`: ${messageFields.join(', ')}` },
    );
  }
  return { places, unknown };
}
