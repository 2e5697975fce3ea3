import { FatalError } from '../../contracts/errors.ts';

export type Frame = string | Uint8Array;

/** What a stream's connection brings. */
export interface Frames {
  /**
   * @returns `quiet` where nothing came for a while: the stream tells what happens now; `ended` where no more comes
   * @throws Error where the connection can't be made; the signal's reason where that is aborted
   */
  next(): Promise<Frame | 'quiet' | 'ended'>;
  /** How many came. */
  count(): number;
  close(): void;
}

export interface FrameBounds {
  quietSeconds: number;
  openSeconds: number;
  /** After so many frames or bytes no more are taken: what is not read yet has to be held. */
  mostFrames: number;
  mostBytes: number;
  userAgent: string;
}

/** Connects to a stream and holds what comes until it is asked for. */
export function framesOf(url: URL, bounds: FrameBounds, signal: AbortSignal): Frames {
  const waiting: Frame[] = [];
  let [count, bytes] = [0, 0];
  let state: 'opening' | 'open' | 'ended' = 'opening';
  let fault: unknown;
  let wake: () => void = () => {};
  const socket = new WebSocket(url, { headers: { 'user-agent': bounds.userAgent } });
  socket.binaryType = 'arraybuffer';

  function end(): void {
    state = 'ended';
    wake();
    socket.close();
  }
  function fail(reason: unknown): void {
    fault ??= reason;
    end();
  }
  const abort = () => fail(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  socket.addEventListener('open', () => {
    if (state === 'opening') state = 'open';
    wake();
  });
  socket.addEventListener('message', ({ data }) => {
    if (state === 'ended') return;
    const frame = typeof data === 'string' ? data : new Uint8Array(data as ArrayBuffer);
    waiting.push(frame);
    count++;
    bytes += frame.length;
    if (count >= bounds.mostFrames || bytes >= bounds.mostBytes) end();
    else wake();
  });
  socket.addEventListener('error', event => {
    if (state === 'opening') fail(unreachable(url, event));
    else end();
  });
  socket.addEventListener('close', () => {
    if (state === 'opening') fail(unreachable(url, undefined));
    else end();
  });

  /** Waits for news, at most so many seconds. */
  async function news(seconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>(resolve => {
      wake = resolve;
      timer = setTimeout(resolve, seconds * 1000);
    });
    clearTimeout(timer);
    wake = () => {};
  }

  return {
    async next() {
      if (state === 'opening') {
        await news(bounds.openSeconds);
        if (state === 'opening') fail(new Error(`${url.host} does not answer for its stream`));
      }
      // In two halves: a process that was busy for long finds its timer over before it looks at what has come.
      for (let half = 0; half < 2; half++) {
        if (waiting.length === 0 && state === 'open') await news(bounds.quietSeconds / 2);
      }
      if (fault !== undefined) throw fault;
      return waiting.shift() ?? (state === 'ended' ? 'ended' : 'quiet');
    },
    count: () => count,
    close() {
      signal.removeEventListener('abort', abort);
      waiting.length = 0;
      end();
    },
  };
}

/** Node says why a connection failed by codes only. */
function unreachable(url: URL, event: unknown): Error {
  const code = codeOf((event as { error?: unknown } | undefined)?.error);
  if (code === 'ENOTFOUND') {
    return new FatalError(`no server is known by the name ${url.hostname}`, {
      next: 'mend stream in the campaign file',
    });
  }
  if (/CERT|SELF_SIGNED|^ERR_SSL|^ERR_TLS|^UNABLE_TO_/.test(code)) {
    return new FatalError(`${url.host} can't prove who it is (${code})`, {
      next: 'mend stream in the campaign file; where the certificate is your own, name its authority in NODE_EXTRA_CA_CERTS',
    });
  }
  return new Error(`${url.host} gives no stream (${code === '' ? 'it refuses' : code})`);
}

function codeOf(thrown: unknown): string {
  for (let cause = thrown; cause instanceof Error; cause = cause.cause) {
    const { code, errors } = cause as { code?: unknown; errors?: unknown[] };
    if (typeof code === 'string') return code;
    if (Array.isArray(errors) && errors.length > 0) return codeOf(errors[0]);
  }
  return '';
}
