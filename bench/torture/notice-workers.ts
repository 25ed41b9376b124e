import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Running, startChild, stopChild, until } from '../../scripts/processes'
import { ROOT } from '../../scripts/sources'

/** One worker process that is killed and started again, and that does what it is told on its standard input. */
export interface NoticeWorker {
  start(): Promise<void>
  kill9(): Promise<void>
  stop(): Promise<void>
  tell<T>(command: string): Promise<T>
}

export function noticeWorker(place: {
  readonly name: string
  readonly program: string
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
}): NoticeWorker {
  const logFile = join(place.dataDir, `${place.name}.log`)
  let running: Running | null = null
  let said: string[] = []
  const tell = async <T>(command: string): Promise<T> => {
    const asked = running
    if (!asked) throw new Error(`${place.name} is not up`)
    said = []
    asked.child.stdin?.write(`${command}\n`)
    await until(() => Promise.resolve(said.join('').includes('\n') || asked.child.exitCode !== null), {
      timeoutMs: 60_000,
      everyMs: 10,
      timedOut: () =>
        `${place.name} did not answer ${command}: ${readFileSync(logFile, 'utf8').slice(-1500)}`,
    })
    const line = said.join('').split('\n')[0] ?? ''
    if (line === '') throw new Error(`${place.name} ended: ${readFileSync(logFile, 'utf8').slice(-1500)}`)
    return JSON.parse(line) as T
  }
  return {
    tell,
    start: async () => {
      const log = openSync(logFile, 'a')
      running = startChild(place.name, process.execPath, [place.program], {
        cwd: ROOT,
        env: { ...process.env, ...place.env },
        stdio: ['pipe', 'pipe', log],
      })
      running.child.stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')))
      // Whoever is killed has nobody to read what is written to it.
      running.child.stdin?.on('error', () => undefined)
      const { child } = running
      const kill = (): void => void child.kill('SIGKILL')
      process.once('exit', kill)
      child.once('exit', () => process.off('exit', kill))
      await tell('hello')
    },
    kill9: async () => {
      const victim = running
      running = null
      victim?.child.kill('SIGKILL')
      await victim?.ended
    },
    stop: async () => {
      const last = running
      running = null
      if (!last) return
      last.child.stdin?.write('end\n')
      await stopChild(last, 15_000)
    },
  }
}
