import { type Logger, pino, stdTimeFunctions } from 'pino'
import { errorFacts } from './error-facts'

export type { Logger }

/**
 * Lines of JSON, one per event. Requests are logged by route name and ids only: no bodies, no query strings, no
 * tokens; and whatever slips into an object under these names is cut out. Of an error only its facts are written,
 * because libraries hang what they were given on it.
 */
export function createLogger(level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
    serializers: { err: errorFacts },
    redact: {
      paths: [
        'phone',
        'token',
        'code',
        'secret',
        'authorization',
        '*.phone',
        '*.token',
        '*.code',
        '*.secret',
        'headers.authorization',
        'headers.cookie',
      ],
      censor: '[已隐去]',
    },
    timestamp: stdTimeFunctions.isoTime,
  }
  return destination ? pino(options, destination) : pino(options)
}
