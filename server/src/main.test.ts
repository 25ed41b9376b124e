import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, createServer, request, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { generateSync } from 'otplib'
import { stringify } from 'yaml'
import { projectRoot } from './core/config/load'
import { testConfig } from './testing/config'

// The real process: what the unit tests cannot see is how it starts, says it is ready, refuses and stops.
const folder = mkdtempSync(join(tmpdir(), 'yihu-main-'))
const bundle = join(projectRoot(), '.test', `main-${process.pid}.cjs`)
const children: ChildProcess[] = []

beforeAll(() => {
  buildSync({
    entryPoints: [join(__dirname, 'main.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    outfile: bundle,
    logLevel: 'error',
  })
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
  rmSync(bundle, { force: true })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

interface Started {
  readonly child: ChildProcess
  readonly output: () => string
  readonly ended: Promise<number | null>
}

function start(name: string, over: { [section: string]: unknown }): Started {
  const database = { engine: 'sqlite', file: join(folder, `${name}.sqlite`), synchronous: 'NORMAL' } as const
  const tree = { ...testConfig(database, over) }
  const file = join(folder, `${name}.yaml`)
  writeFileSync(file, stringify(tree))
  const child = spawn(process.execPath, [bundle], {
    cwd: projectRoot(),
    env: { PATH: process.env['PATH'], YIHU_CONFIG: file },
  })
  children.push(child)
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, output: () => text, ended: new Promise((resolve) => child.on('exit', resolve)) }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 30_000
  while (!(await condition().catch(() => false))) {
    if (Date.now() > giveUpAt) throw new Error('the condition never came true')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const status = async (url: string): Promise<number> => (await fetch(url)).status

describe('the server process', () => {
  test('is live, ready, counted on a port of its own, and stops in order on SIGTERM', async () => {
    const [port, metricsPort] = [await freePort(), await freePort()]
    const { child, ended } = start('whole', { http: { port, metricsPort, drainMs: 1500 } })
    await until(async () => (await status(`http://127.0.0.1:${metricsPort}/ready`)) === 200)
    expect(await status(`http://127.0.0.1:${metricsPort}/live`)).toBe(200)
    expect(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()).toContain(
      'yihu_request_seconds',
    )
    expect(await status(`http://127.0.0.1:${port}/metrics`)).toBe(404)
    expect(await status(`http://127.0.0.1:${port}/api/portal.describe`)).toBe(200)

    child.kill('SIGTERM')
    await until(async () => (await status(`http://127.0.0.1:${metricsPort}/ready`)) === 503)
    // While it drains it still answers, so that a proxy that has not noticed loses nobody.
    expect(await status(`http://127.0.0.1:${port}/api/portal.describe`)).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed')
  })

  test('a page that keeps asking on one connection does not keep a process that was told to stop', async () => {
    const port = await freePort()
    const { child, ended } = start('kept', { http: { port, drainMs: 0 } })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = (): Promise<number> =>
      new Promise((resolve, reject) => {
        const asked = request({ agent, port, path: '/api/portal.describe' }, (answer) => {
          answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
        })
        asked.on('error', reject).end()
      })
    await until(async () => (await ask()) === 200)
    const from = Date.now()
    child.kill('SIGTERM')
    // Asked without a pause, the connection would never be idle and never end by itself.
    const asking = (async () => {
      while (await ask().catch(() => false));
    })()
    expect(await ended).toBe(0)
    expect(Date.now() - from).toBeLessThan(15_000)
    await asking
    agent.destroy()
  })

  test('a clock that differs from the platform’s by minutes makes it unready', async () => {
    const platform: Server = createServer((_, response) =>
      response.setHeader('Date', new Date(Date.now() - 600_000).toUTCString()).end(),
    )
    await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve))
    const [port, metricsPort] = [await freePort(), await freePort()]
    const payBaseUrl = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`
    const { child, ended } = start('clock', {
      http: { port, metricsPort },
      platforms: { wechat: { payBaseUrl } },
    })
    await until(async () => (await fetch(`http://127.0.0.1:${metricsPort}/ready`)).status === 503)
    expect(await (await fetch(`http://127.0.0.1:${metricsPort}/ready`)).json()).toEqual({
      ready: false,
      why: ['clock'],
    })
    child.kill('SIGTERM')
    await ended
    platform.close()
  })

  test('F22 a body that never comes is cut within the limit and leaves nothing behind', async () => {
    const [port, metricsPort] = [await freePort(), await freePort()]
    const { child, ended } = start('slow', {
      http: { port, metricsPort, headersTimeoutMs: 800, requestTimeoutMs: 1000 },
    })
    await until(async () => (await status(`http://127.0.0.1:${metricsPort}/ready`)) === 200)
    const began = Date.now()
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(
          'POST /callbacks/wechat/heating HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"id":',
        ),
      )
      let text = ''
      socket.on('data', (chunk) => (text += chunk.toString()))
      socket.on('close', () => resolve(text))
      socket.on('error', () => resolve(text))
    })
    expect(Date.now() - began).toBeLessThan(10_000)
    expect(answer).not.toContain(' 200 ')
    expect(await status(`http://127.0.0.1:${port}/api/portal.describe`)).toBe(200)
    child.kill('SIGTERM')
    await ended
  })

  test('a port that is taken is named with the option that changes it', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    const { ended, output } = start('taken', { http: { port, metricsPort: await freePort() } })
    expect(await ended).toBe(78)
    expect(output()).toContain(`port ${port} is taken`)
    expect(output()).toContain('YIHU__HTTP__PORT')
    other.close()
  })

  test('a second process on the same SQLite file is refused in words', async () => {
    const [port, metricsPort] = [await freePort(), await freePort()]
    const first = start('shared', { http: { port, metricsPort } })
    await until(async () => (await status(`http://127.0.0.1:${metricsPort}/ready`)) === 200)
    const second = start('shared', { http: { port: await freePort(), metricsPort: await freePort() } })
    expect(await second.ended).toBe(1)
    expect(second.output()).toContain('in use by another Yihu process')
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
  })

  test('a configuration with faults is refused with all of them and no stack', async () => {
    const { ended, output } = start('faults', { http: { port: 0, metricsPort: 0 } })
    children.at(-1)?.kill('SIGKILL')
    await ended
    writeFileSync(join(folder, 'bad.yaml'), 'environment: production\n')
    const child = spawn(process.execPath, [bundle], {
      cwd: projectRoot(),
      env: { PATH: process.env['PATH'], YIHU_CONFIG: join(folder, 'bad.yaml') },
    })
    let text = output()
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(78)
    expect(text).toContain('secrets.indexKey')
    expect(text).toContain('http.publicUrl')
    expect(text).not.toMatch(/at .*\.(ts|cjs):\d+/)
  })
})

test('the first start prints a code for the first account, once; there is no default account', async () => {
  const port = await freePort()
  const first = start('first', { http: { port } })
  const codeIn = (text: string): string | undefined => /初始化码.*：([0-9a-z-]{19})/.exec(text)?.[1]
  await until(async () => codeIn(first.output()) !== undefined)
  const code = codeIn(first.output()) ?? ''
  const post = async (
    name: string,
    body: object,
  ): Promise<{ status: number; cookie: string; body: unknown }> => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/staff.${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return {
      status: answer.status,
      cookie: answer.headers.get('set-cookie') ?? '',
      body: await answer.json(),
    }
  }
  for (const loginName of ['admin', 'root', 'system'])
    expect((await post('signIn', { loginName, password: 'admin' })).status).toBe(401)
  const password = '一场没有人见过的雪 2026'
  const begun = await post('setUp', { setUpCode: code, loginName: 'qianan', name: '钱安', password })
  const { challenge, secret } = begun.body as { challenge: string; secret: string }
  expect(begun).toMatchObject({ status: 200, cookie: '', body: { step: 'enrol' } })
  const done = await post('confirmCode', { challenge, code: generateSync({ secret }) })
  expect(done).toMatchObject({ status: 200, body: { step: 'done', me: { roles: ['security-admin'] } } })
  const cookie = done.cookie.split(';')[0] ?? ''
  expect(done.cookie).toMatch(/samesite=strict/i)
  const me = await fetch(`http://127.0.0.1:${port}/api/staff.me`, { headers: { cookie } })
  expect(me.status).toBe(200)
  expect(first.output().split(code)).toHaveLength(2)
  for (const secretText of [password, secret, cookie.split('=')[1] ?? 'no cookie'])
    expect(first.output()).not.toContain(secretText)
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)
  const second = start('first', { http: { port } })
  await until(async () => (await fetch(`http://127.0.0.1:${port}/api/staff.describe`)).status === 200)
  second.child.kill('SIGTERM')
  expect(await second.ended).toBe(0)
  expect(second.output()).not.toContain('初始化码')
})
