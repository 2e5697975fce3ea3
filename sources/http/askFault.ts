import { FatalError, messageOf } from '../../contracts/errors.ts';
import { shortName } from '../findings.ts';

/** A fault that may pass: a server that fails, a line that breaks, an answer that does not come. */
export class PassingFault extends Error {
  override readonly name = 'PassingFault';
  /** Whether no line was made, so that the server never heard the question. */
  readonly isUnheard: boolean;

  constructor(message: string, isUnheard = false) {
    super(message);
    this.isUnheard = isUnheard;
  }
}

/** An answer that nobody can use, and that would be no better if it were asked for again. */
export class UnfitAnswer extends Error {
  override readonly name = 'UnfitAnswer';
}

/** Host and path, fit to be shown: what follows the `?` may be secret. */
export function placeOf(url: URL): string {
  return shortName(`${url.host}${url.pathname}`);
}

const ofTls = /CERT|SELF_SIGNED|^ERR_SSL|^ERR_TLS|^EPROTO$|^UNABLE_TO_/;

/** The name could not be looked up just now, or the line was not made in time. */
const ofNoLine: ReadonlySet<string> = new Set(['EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** What broke an ask below HTTP, in words of ours. */
export function faultOfLine(thrown: unknown, url: URL): Error {
  const code = codeOf(thrown);
  if (code === 'ENOTFOUND') {
    return new FatalError(`no server is known by the name ${url.hostname}`, {
      next: "mend the address, or this machine's way to the network",
    });
  }
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
    return new FatalError(`${url.host} does not speak TLS`, {
      next: 'mend the address: http, or another port',
    });
  }
  if (ofTls.test(code)) {
    return new FatalError(`${url.host} can't prove who it is (${code})`, {
      next: 'mend the address; where the certificate is your own, name its authority in NODE_EXTRA_CA_CERTS',
    });
  }
  if (thrown instanceof Error && messageOf(thrown.cause) === 'bad port') {
    return new FatalError(`${url.host} is a port that no web server has`, { next: 'mend the address' });
  }
  if (code === 'ECONNREFUSED') return new PassingFault(`nobody listens at ${url.host}`, true);
  return new PassingFault(`the answer of ${placeOf(url)} broke off (${code})`, ofNoLine.has(code));
}

/** The first code among the causes; it is Node's own and never a server's. */
function codeOf(thrown: unknown): string {
  for (let cause: unknown = thrown; cause instanceof Error; cause = cause.cause) {
    const { code, errors } = cause as { code?: unknown; errors?: unknown[] };
    if (typeof code === 'string') return code;
    if (Array.isArray(errors) && errors.length > 0) return codeOf(errors[0]);
  }
  return 'unknown fault';
}
