import {
  CompositePayloadConverter,
  JsonPayloadConverter,
  type Payload,
  type PayloadConverterWithEncoding,
  UndefinedPayloadConverter,
  ValueError,
} from '@temporalio/common';

/** Largest value that may travel: rows lie in the lake, references travel. */
const mostBytes = 64 * 1024;

/**
 * JSON, but only of values that come back as they went: BigInt, Date, Map, NaN and their like are refused with their path,
 * where the default converter would change them silently or make the step rerun for ever.
 */
class StrictJsonConverter implements PayloadConverterWithEncoding {
  readonly #json = new JsonPayloadConverter();
  readonly encodingType = this.#json.encodingType;

  toPayload(value: unknown): Payload | undefined {
    const odd = findOdd(value, '$');
    if (odd !== undefined) throw new ValueError(`${odd} can't travel through Temporal`);
    const payload = this.#json.toPayload(value);
    const bytes = payload?.data?.length ?? 0;
    if (bytes > mostBytes) {
      throw new ValueError(
        `a value of ${bytes} bytes is too large to travel: keep it in the lake and send a reference`,
      );
    }
    return payload;
  }

  fromPayload<T>(payload: Payload): T {
    return this.#json.fromPayload<T>(payload);
  }
}

/** The path and kind of the first value that JSON would not bring back as it was. */
function findOdd(value: unknown, path: string): string | undefined {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') {
    return undefined;
  }
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} = ${value}`;
  if (typeof value !== 'object') return `${path}, a ${typeof value},`;
  if (Array.isArray(value)) return firstOdd(value.entries(), index => `${path}[${index}]`);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    return `${path}, a ${prototype.constructor?.name ?? 'strange object'},`;
  }
  return firstOdd(Object.entries(value), key => `${path}.${key}`);
}

function firstOdd<K>(entries: Iterable<[K, unknown]>, pathOf: (key: K) => string): string | undefined {
  for (const [key, part] of entries) {
    const odd = findOdd(part, pathOf(key));
    if (odd !== undefined) return odd;
  }
  return undefined;
}

export const payloadConverter = new CompositePayloadConverter(
  new UndefinedPayloadConverter(),
  new StrictJsonConverter(),
);
