import { z } from 'zod';
import { type KeptCapture, queryKinds, type SummaryCounts, summaryCounts } from '../contracts/collection.ts';

const query = z.object({
  kind: z.enum(queryKinds),
  label: z.string(),
  subjects: z.array(z.string()),
  host: z.string().optional(),
  known: z.number().optional(),
});
const span = z.object({ from: z.string(), to: z.string() });
const captured = { query, span, captured_at: z.string() };

// What a day that left meant for others may be less than nothing.
const count = z.int();
const counts = z.object(
  Object.fromEntries(summaryCounts.map(name => [name, count])) as Record<keyof SummaryCounts, typeof count>,
);

const capture = z.discriminatedUnion('what', [
  z.object({ what: z.literal('page'), ...captured, status: z.number(), body: z.string() }),
  z.object({
    what: z.literal('outcome'),
    ...captured,
    outcome: z.enum(['covered', 'limited', 'failed', 'gone']),
    reason: z.string(),
  }),
  z.object({ what: z.literal('summary'), label: z.string(), hour: z.string().nullable(), counts }),
  z.object({
    what: z.literal('expected'),
    label: z.string(),
    hour: z.string(),
    expected: z.int().min(0),
    captured_at: z.string(),
  }),
]);

/** The capture that a line of a segment holds; undefined where it holds none. */
export function captureOf(line: string): KeptCapture | undefined {
  try {
    const parsed = capture.safeParse(JSON.parse(line));
    return parsed.success ? (parsed.data as KeptCapture) : undefined;
  } catch {
    return undefined;
  }
}
