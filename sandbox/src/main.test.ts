import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { testConfig } from './kernel/testing'

interface Run {
  child: ChildProcess
  output: () => string
  errors: () => string
  exited: Promise<number | null>
}

const ROOT = join(__dirname, '../..')

function run(configFile: string): Run {
  const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs')
  const main = join(__dirname, 'main.ts')
  const child = spawn(process.execPath, [tsx, main, '--config', configFile], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return { child, output: () => output, errors: () => errors, exited }
}

async function firstLine(one: Run): Promise<Record<string, unknown>> {
  const deadlineMs = Date.now() + 45_000
  while (!one.output().includes('\n')) {
    if (Date.now() > deadlineMs || one.child.exitCode !== null)
      throw new Error(`did not start: ${one.errors()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return JSON.parse(one.output().split('\n')[0] ?? '') as Record<string, unknown>
}

describe('the sandbox as a process', () => {
  let dir = ''
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'yihu-main-'))
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  const configFile = (changes: object): string => {
    const { people: _people, ...config } = testConfig()
    const file = join(dir, 'sandbox.yaml')
    writeFileSync(file, stringify({ ...config, dataDir: join(dir, 'data'), ...changes }))
    return file
  }

  it('prints its address and seed, answers, and stops cleanly with its snapshot written', async () => {
    const one = run(configFile({ seed: 42, mail: { port: 0 } }))
    const line = await firstLine(one)
    expect(line).toMatchObject({ event: 'sandbox.started', seed: 42 })
    expect(line['mail']).toMatch(/^smtp:\/\/127\.0\.0\.1:\d+$/)
    const state = (await (await fetch(`${String(line['address'])}/control/state`)).json()) as object
    expect(state).toMatchObject({ seed: 42 })
    one.child.kill('SIGTERM')
    expect(await one.exited).toBe(0)
    expect(existsSync(join(dir, 'data/sandbox.json'))).toBe(true)
  })

  it('says which port is taken and where to change it', async () => {
    const blocker = createServer()
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
    const address = blocker.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const one = run(configFile({ port }))
    expect(await one.exited).toBe(1)
    expect(one.errors()).toContain(`端口 ${port} 已被占用`)
    const phone = run(configFile({ phones: { wechatPort: port, alipayPort: 0 } }))
    expect(await phone.exited).toBe(1)
    expect(phone.errors()).toContain('phones.wechatPort')
    const mail = run(configFile({ mail: { port } }))
    expect(await mail.exited).toBe(1)
    expect(mail.errors()).toContain('mail.port')
    blocker.close()
  })

  it('lists what is wrong with its configuration', async () => {
    const one = run(configFile({ wechat: { mini: {}, oa: {} } }))
    expect(await one.exited).toBe(1)
    expect(one.errors()).toContain('wechat.mini.appid')
    expect(one.errors()).toContain('wechat.oa.token')
  })
})
