import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'

/** A child that runs until it is told to stop. */
export interface Running {
  readonly name: string
  readonly child: ChildProcess
  /** Settles with the exit code (128 + signal number when killed) once the process is gone. */
  readonly ended: Promise<number>
}

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }

/** The exit code a shell would report. */
export function exitCode(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + (SIGNAL_NUMBERS[signal ?? ''] ?? 1)
}

/**
 * Starts a child in a process group of its own, so that Ctrl-C in a terminal reaches only us and we decide the
 * order in which things stop.
 */
export function startChild(
  name: string,
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Running {
  const child = spawn(command, [...args], { detached: true, ...options })
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(exitCode(code, signal)))
  })
  // Whoever waits sees the failure; a start that nobody waits for must not end the whole script.
  ended.catch(() => undefined)
  return { name, child, ended }
}

/** Asks a child to stop, waits, and insists when it does not. Gives false when it had to be killed. */
export async function stopChild(running: Running, graceMs: number): Promise<boolean> {
  if (running.child.exitCode !== null || running.child.signalCode !== null) return true
  running.child.kill('SIGTERM')
  const late = Symbol('late')
  let timer: NodeJS.Timeout | undefined
  const first = await Promise.race([
    running.ended.catch(() => 1),
    new Promise<typeof late>((resolve) => {
      timer = setTimeout(() => resolve(late), graceMs)
    }),
  ])
  clearTimeout(timer)
  if (first !== late) return true
  running.child.kill('SIGKILL')
  await running.ended.catch(() => 1)
  return false
}

/** Whether a process with that id exists and its command line contains every word. */
export function isOurs(commandLine: string | null, words: readonly string[]): boolean {
  return commandLine !== null && words.every((word) => commandLine.includes(word))
}

/** Asks again every `everyMs` until the answer is true; throws `timedOut` when the time is over. */
export async function until(
  question: () => Promise<boolean>,
  limits: { timeoutMs: number; everyMs: number; timedOut: () => string },
): Promise<void> {
  const end = Date.now() + limits.timeoutMs
  while (!(await question())) {
    if (Date.now() > end) throw new Error(limits.timedOut())
    await new Promise((resolve) => setTimeout(resolve, limits.everyMs))
  }
}
