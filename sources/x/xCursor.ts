import { z } from 'zod';
import type { Stretch } from './xStretch.ts';

/** Where the next page of a question begins. */
export interface XCursor {
  /** What X gave to go on with. */
  token?: string;
  /** The stretch that the first page was asked for: X wants the same with every token. */
  stretch?: Stretch;
  /** How many subjects of a lookup were asked. */
  asked?: number;
}

const shape = z.strictObject({
  token: z.string().optional(),
  stretch: z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() }).optional(),
  asked: z.int().min(0).optional(),
});

export function cursorText(cursor: XCursor): string {
  return JSON.stringify(cursor);
}

/** @throws Error where the text was not made by `cursorText` */
export function readCursor(text: string | undefined): XCursor {
  return text === undefined ? {} : shape.parse(JSON.parse(text));
}
