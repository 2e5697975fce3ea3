import { DefaultLogger, type LogLevel, Runtime } from '@temporalio/worker';
import { type Logger, pino } from 'pino';
import { redacted } from './sources/redaction.ts';

const secret = ['*.key', '*.token', '*.secret', '*.password', '*.apiKey', '*.pseudonymKey'];

/** The one logger: lines of JSON on stderr, secrets redacted. Temporal's runtime writes through it too. */
export function startLogging(level: string): Logger {
  const logger = pino({ level, redact: secret, hooks: { streamWrite: redacted } }, pino.destination(2));
  const levels: Record<LogLevel, (meta: object, message: string) => void> = {
    TRACE: logger.trace.bind(logger),
    DEBUG: logger.debug.bind(logger),
    INFO: logger.info.bind(logger),
    WARN: logger.warn.bind(logger),
    ERROR: logger.error.bind(logger),
  };
  Runtime.install({
    logger: new DefaultLogger('TRACE', ({ level, message, meta }) => levels[level](meta ?? {}, message)),
    telemetryOptions: {
      logging: { forward: {}, filter: level === 'silent' ? 'ERROR' : { core: 'ERROR', other: 'ERROR' } },
    },
    shutdownSignals: [],
  });
  return logger;
}
