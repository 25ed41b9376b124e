import { exitCode, isOurs, startChild, stopChild, until } from './processes'

const node = (code: string) =>
  startChild('child', process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] })

const spoken = (running: ReturnType<typeof node>): Promise<void> =>
  new Promise((resolve) => running.child.stdout?.once('data', () => resolve()))

test('a child that stops when it is asked keeps its own exit code', async () => {
  const child = node(
    "process.on('SIGTERM', () => process.exit(3)); console.log('up'); setInterval(() => {}, 1000)",
  )
  await spoken(child)
  expect(await stopChild(child, 10_000)).toBe(true)
  expect(await child.ended).toBe(3)
})

test('a child that does not stop is killed after its grace', async () => {
  const child = node("process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)")
  await spoken(child)
  expect(await stopChild(child, 50)).toBe(false)
  expect(await child.ended).toBe(137)
})

test('a program that does not exist is an error for whoever waits', async () => {
  const child = startChild('nobody', '/nonexistent/program', [])
  await expect(child.ended).rejects.toThrow('ENOENT')
})

test('a signal becomes the code a shell would give', () => {
  expect(exitCode(null, 'SIGINT')).toBe(130)
  expect(exitCode(0, null)).toBe(0)
})

test('a process is ours only by its whole command line', () => {
  expect(isOurs('/usr/sbin/mariadbd\0--datadir=/a/.data/mariadb', ['mariadbd', '/a/.data/mariadb'])).toBe(
    true,
  )
  expect(isOurs('/usr/sbin/mariadbd\0--datadir=/var/lib/mysql', ['mariadbd', '/a/.data/mariadb'])).toBe(false)
  expect(isOurs(null, ['mariadbd'])).toBe(false)
})

test('waiting ends with the words given when the time is over', async () => {
  const waiting = until(() => Promise.resolve(false), {
    timeoutMs: 30,
    everyMs: 10,
    timedOut: () => 'no answer',
  })
  await expect(waiting).rejects.toThrow('no answer')
})
