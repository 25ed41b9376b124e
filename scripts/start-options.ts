import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { DemoPorts } from './demo-config'
import { ROOT } from './sources'

/** What `npm start` was asked to do. */
export interface StartOptions {
  readonly engine: 'sqlite' | 'mariadb'
  readonly reset: boolean
  readonly dataDir: string
  readonly ports: DemoPorts
}

/** Told to the person who typed it; no stack trace helps there. */
export class UsageError extends Error {}

export const USAGE = `npm start -- [options]
  --engine sqlite|mariadb   the embedded database (default), or a private MariaDB and Redis
  --reset                   begin anew: forget all data and make new keys
  --port 3000               the portal; its metrics take the next port
  --sandbox-port 3100       the page with the phones; the phones take the next three ports
The environment variable YIHU_DATA_DIR moves the data (default .data).
`

/** Reads the command line and YIHU_DATA_DIR. Errors: UsageError in words for the terminal. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const { values } = parse(args)
  const engine = values.engine ?? 'sqlite'
  if (engine !== 'sqlite' && engine !== 'mariadb') {
    throw new UsageError(`--engine is sqlite or mariadb, not ${engine}`)
  }
  const portal = portOf('--port', values.port, 3000, 1)
  const sandbox = portOf('--sandbox-port', values['sandbox-port'], 3100, 4)
  if (portal + 1 >= sandbox && portal <= sandbox + 4) {
    throw new UsageError('--port and --sandbox-port need seven different ports: leave more room between them')
  }
  return {
    engine,
    reset: values.reset ?? false,
    dataDir: resolve(ROOT, environment['YIHU_DATA_DIR'] || '.data'),
    ports: {
      portal,
      metrics: portal + 1,
      sandbox,
      wechatPhone: sandbox + 1,
      alipayPhone: sandbox + 2,
      workerPhone: sandbox + 3,
      mail: sandbox + 4,
    },
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        engine: { type: 'string' },
        reset: { type: 'boolean' },
        port: { type: 'string' },
        'sandbox-port': { type: 'string' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function portOf(option: string, text: string | undefined, usual: number, following: number): number {
  if (text === undefined) return usual
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port + following <= 65_535) return port
  throw new UsageError(`${option} must be a port from 1 to ${65_535 - following}, not ${text}`)
}
