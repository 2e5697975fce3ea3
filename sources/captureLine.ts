import { z } from 'zod';
import { type Capture, queryKinds } from '../contracts/collection.ts';

const query = z.object({
  kind: z.enum(queryKinds),
  label: z.string(),
  subjects: z.array(z.string()),
  host: z.string().optional(),
  known: z.number().optional(),
});
const span = z.object({ from: z.string(), to: z.string() });
const captured = { query, span, captured_at: z.string() };

const capture = z.discriminatedUnion('what', [
  z.object({ what: z.literal('page'), ...captured, status: z.number(), body: z.string() }),
  z.object({
    what: z.literal('outcome'),
    ...captured,
    outcome: z.enum(['covered', 'limited', 'failed', 'gone']),
    reason: z.string(),
  }),
]);

/** The capture that a line of a segment holds; undefined where it holds none. */
export function captureOf(line: string): Capture | undefined {
  try {
    const parsed = capture.safeParse(JSON.parse(line));
    return parsed.success ? (parsed.data as Capture) : undefined;
  } catch {
    return undefined;
  }
}
