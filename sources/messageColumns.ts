import { messageFields, requiredFields } from '../contracts/message.ts';
import { type TableColumns, tableColumns } from './tableColumns.ts';

/**
 * Which columns of a table hold which fields of a message.
 *
 * @throws FatalError where a column that every message needs is missing, or one stands twice
 */
export function messageColumns(names: readonly string[], file: string): TableColumns {
  return tableColumns(names, { fields: messageFields, required: requiredFields, of: 'messages' }, file);
}
