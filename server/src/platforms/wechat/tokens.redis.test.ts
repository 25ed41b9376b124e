import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buildSync } from 'esbuild'
import { projectRoot } from '../../core/config/load'
import { onRedis } from '../../testing/redis'
import { startStub, type StubServer } from '../testing/stub-server'

const APP = 'wx0000000000000001'
const bundle = join(projectRoot(), '.test', `sending-${process.pid}.cjs`)

interface Sender {
  say(line: string): void
  heard(): Promise<string>
  child: ChildProcessWithoutNullStreams
}

onRedis(({ url, keyPrefix }) => {
  let stub: StubServer
  let live: string
  /** Each token that was handed out, with whether it was forced. */
  let fetched: boolean[]
  let accepted: number
  let senders: Sender[]
  let runs = 0

  beforeAll(() => {
    buildSync({
      entryPoints: [join(__dirname, '../../testing/sending-process.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      packages: 'external',
      outfile: bundle,
      logLevel: 'error',
    })
  })
  afterAll(() => rmSync(bundle, { force: true }))

  beforeEach(async () => {
    live = 'token-1'
    fetched = []
    accepted = 0
    stub = await startStub()
    stub.answer((request, response) => {
      if (request.url.startsWith('/cgi-bin/stable_token')) {
        fetched.push((JSON.parse(request.body) as { force_refresh: boolean }).force_refresh)
        response.end(JSON.stringify({ access_token: live, expires_in: 7200 }))
        return
      }
      const isLive = new URL(request.url, stub.url).searchParams.get('access_token') === live
      if (isLive) accepted += 1
      response.end(isLive ? '{"errcode":0,"msgid":1}' : '{"errcode":40014}')
    })
    const prefix = `${keyPrefix}${++runs}:`
    senders = [1, 2].map(() => sender(prefix))
    for (const one of senders) expect(await one.heard()).toBe('ready')
  })
  afterEach(async () => {
    for (const { child } of senders) child.kill('SIGKILL')
    await stub.close()
  })

  function sender(prefix: string): Sender {
    const child = spawn(process.execPath, [bundle, stub.url, url, prefix, APP], { cwd: projectRoot() })
    child.stderr.pipe(process.stderr)
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    return {
      child,
      say: (line) => void child.stdin.write(`${line}\n`),
      heard: async () => String((await lines.next()).value),
    }
  }

  const sendFromAll = async (count: number): Promise<string[]> => {
    for (const one of senders) one.say(String(count))
    const said = await Promise.all(senders.map((one) => one.heard()))
    return said.flatMap((line) => JSON.parse(line) as string[])
  }

  test('N02: two processes that start together without a token fetch one', async () => {
    const states = await sendFromAll(20)
    expect(new Set(states)).toEqual(new Set(['delivered']))
    expect(states).toHaveLength(40)
    expect(fetched).toEqual([false])
  })

  test('N01: a token that dies in the middle of two processes is fetched once more and each message goes out once', async () => {
    await sendFromAll(5)
    for (const next of ['token-2', 'token-3']) {
      live = next
      accepted = 0
      expect(new Set(await sendFromAll(25))).toEqual(new Set(['delivered']))
      expect(accepted).toBe(50)
    }
    // One at the start and one for each that died; none of them forced.
    expect(fetched).toEqual([false, false, false])
  })
})
