import { isMainThread, parentPort, type Transferable, Worker, workerData } from 'node:worker_threads';
import { FatalError } from '../contracts/errors.ts';

type Call = { kind: 'sillage-call'; module: string; functionName: string; input: unknown };
type Failure = {
  name: string;
  message: string;
  stack?: string;
  fatal?: { what: string; where?: string; next?: string };
};
type Answer = { output: unknown } | { failure: Failure };

/**
 * Run an exported function in a thread of its own, so that the event loop stays free.
 *
 * The input is copied, save the buffers in `transfer`, which move and are empty here afterwards. The buffers of the
 * result always move. When `signal` aborts the thread is ended at once and the promise rejects with its reason.
 *
 * @param module URL of the file that exports the function
 * @param functionName the function: one structured-cloneable argument in, a structured-cloneable result (or a promise) out
 * @throws FatalError where the function threw one, with its `what`, `where` and `next`; otherwise an Error with the
 * message of what was thrown, and an Error when the thread ends without an answer.
 */
export async function inThread<I, O>(
  module: URL,
  functionName: string,
  input: I,
  options: { transfer?: readonly Transferable[]; signal?: AbortSignal } = {},
): Promise<O> {
  const { transfer = [], signal } = options;
  signal?.throwIfAborted();
  const call: Call = { kind: 'sillage-call', module: module.href, functionName, input };
  const worker = new Worker(new URL(import.meta.url), { workerData: call, transferList: [...transfer] });
  const { promise, resolve, reject } = Promise.withResolvers<O>();
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  worker.once('message', (answer: Answer) => {
    if ('failure' in answer) reject(revived(answer.failure));
    else resolve(answer.output as O);
  });
  worker.once('messageerror', reject);
  worker.once('error', reject);
  worker.once('exit', code =>
    reject(new Error(`the thread of ${functionName} ended without an answer (exit code ${code})`)),
  );
  try {
    return await promise;
  } finally {
    signal?.removeEventListener('abort', abort);
    await worker.terminate();
  }
}

async function answerCall({ module, functionName, input }: Call): Promise<void> {
  let answer: Answer;
  try {
    const exported: Record<string, unknown> = await import(module);
    const method = exported[functionName];
    if (typeof method !== 'function') throw new Error(`${module} exports no function ${functionName}`);
    answer = { output: await method(input) };
    parentPort!.postMessage(answer, [...buffersIn(answer.output)]);
  } catch (thrown) {
    parentPort!.postMessage({ failure: flattened(thrown) } satisfies Answer);
  }
}

/** The memory under all typed arrays of a value, each once; shared memory needs no moving. */
function buffersIn(
  value: unknown,
  seen = new Set<object>(),
  found = new Set<ArrayBuffer>(),
): Set<ArrayBuffer> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return found;
  seen.add(value);
  const buffer = ArrayBuffer.isView(value) ? value.buffer : value;
  if (buffer instanceof ArrayBuffer) found.add(buffer);
  else if (value instanceof Map) for (const pair of value) buffersIn(pair, seen, found);
  else if (value instanceof Set) for (const item of value) buffersIn(item, seen, found);
  else if (!ArrayBuffer.isView(value)) for (const item of Object.values(value)) buffersIn(item, seen, found);
  return found;
}

function flattened(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) };
  const { name, message, stack } = thrown;
  if (!(thrown instanceof FatalError)) return { name, message, stack };
  return { name, message, stack, fatal: { what: thrown.what, where: thrown.where, next: thrown.next } };
}

function revived({ name, message, stack, fatal }: Failure): Error {
  return Object.assign(fatal ? new FatalError(fatal.what, fatal) : new Error(message), { name, stack });
}

// This file is also what the thread runs.
const asked: Partial<Call> | null = isMainThread ? null : workerData;
if (asked?.kind === 'sillage-call') void answerCall(asked as Call);
