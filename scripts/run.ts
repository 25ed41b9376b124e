import { join } from 'node:path'
import { startChild } from './processes'
import { ROOT } from './sources'

/** What one command did: all it printed, in order, and how long it took. */
export interface Ran {
  readonly code: number
  readonly output: string
  readonly tookMs: number
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Shows the output while it runs, too. */
  readonly live?: boolean
}

/** Path of a program that npm installed for this project; quicker than npx. */
export function bin(name: string): string {
  return join(ROOT, 'node_modules/.bin', name)
}

/** Runs a command to its end from the top folder; it is killed when this script dies. Never throws for its exit code. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const started = Date.now()
  let output = ''
  const running = startChild(command, command, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const collect = (target: NodeJS.WriteStream) => (chunk: Buffer) => {
    output += chunk.toString()
    if (options.live) target.write(chunk)
  }
  running.child.stdout?.on('data', collect(process.stdout))
  running.child.stderr?.on('data', collect(process.stderr))
  // The child leads a group of its own, so that its children end with it.
  const kill = (): void => {
    const { pid } = running.child
    if (pid === undefined || running.child.exitCode !== null) return
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // The group is gone already.
    }
  }
  process.once('exit', kill)
  try {
    const code = await running.ended
    return { code, output, tookMs: Date.now() - started }
  } catch (error) {
    return { code: 127, output: `${output}${String(error)}\n`, tookMs: Date.now() - started }
  } finally {
    process.off('exit', kill)
  }
}

/** `4.2 s`, `1 min 05 s`. */
export function inSeconds(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}

/** Works through the list with so many at a time, in order of the list. */
export async function inParallel<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items]
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** Ctrl-C and SIGTERM end the script through process.exit, so that what it started is killed with it. */
export function endOnSignal(): void {
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
}
