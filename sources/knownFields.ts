import { z } from 'zod';
import type { Findings } from './findings.ts';

/** A field that the platform documents and we have no use for. */
export const unused = z.unknown().optional();

/** Fields that the platform documents and we have no use for. */
export function unusedFields<Name extends string>(...names: Name[]): Record<Name, typeof unused> {
  return Object.fromEntries(names.map(name => [name, unused])) as Record<Name, typeof unused>;
}

/** A list, for which some exporters write `{}` when it is empty. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.preprocess(value => (isEmptyObject(value) ? [] : value), z.array(item));
}

/** An id or a count: JSON writes either as text or as a number; here it is text, its digits as they came. */
export const textOrNumber = z
  .union([z.string(), z.number()], { error: 'expected text or a number' })
  .transform(value => {
    if (typeof value === 'string') return value;
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
  });

/** A JSON object, or undefined where something else stands. */
export function asObject(value: unknown): Record<string, unknown> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined;
}

function isEmptyObject(value: unknown): boolean {
  const object = asObject(value);
  return object !== undefined && Object.keys(object).length === 0;
}

/**
 * Counts the fields of a body that its schema does not name, and the empty objects where a list is due.
 *
 * @returns how many fields were unknown
 */
export function countUnknown(schema: z.ZodType, value: unknown, path: string, findings: Findings): number {
  const definition = schema.def as unknown as Definition;
  switch (definition.type) {
    case 'optional':
    case 'nullable':
      return value == null ? 0 : countUnknown(definition.innerType, value, path, findings);
    case 'pipe':
      if (definition.out.def.type === 'array' && isEmptyObject(value)) findings.count('empty_object_lists');
      return countUnknown(
        definition.out.def.type === 'transform' ? definition.in : definition.out,
        value,
        path,
        findings,
      );
    case 'array':
      if (!Array.isArray(value)) return 0;
      return value.reduce<number>(
        (sum, item) => sum + countUnknown(definition.element, item, path, findings),
        0,
      );
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return 0;
      let unknown = 0;
      for (const [name, field] of Object.entries(value)) {
        const known = Object.hasOwn(definition.shape, name) ? definition.shape[name] : undefined;
        const place = path === '' ? name : `${path}.${name}`;
        if (known !== undefined) unknown += countUnknown(known, field, place, findings);
        else {
          findings.unmapped(place);
          unknown += 1;
        }
      }
      return unknown;
    }
    default:
      return 0;
  }
}

type Definition =
  | { type: 'optional' | 'nullable'; innerType: z.ZodType }
  | { type: 'pipe'; in: z.ZodType; out: z.ZodType }
  | { type: 'array'; element: z.ZodType }
  | { type: 'object'; shape: Record<string, z.ZodType> }
  | { type: 'unknown' };

/** Why a body does not fit its schema, in the words of its owner: field and what is due there. */
export function misfit(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.join('.') ?? '';
  const what = issue?.message.replace(/^Invalid input: /, '') ?? 'does not fit';
  return field === '' ? what : `${field}: ${what}`;
}
