import { type Logger, pino } from 'pino'

export type { Logger }

/**
 * Lines of JSON, one per event. Requests are logged by route name and ids only: no bodies, no query strings, no
 * tokens; and whatever slips into an object under these names is cut out.
 */
export function createLogger(level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
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
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  }
  return destination ? pino(options, destination) : pino(options)
}
