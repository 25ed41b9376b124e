import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { photo } from '../test-corpus'
import { DecoderPool } from './pool'
import type { DecodeTask } from './protocol'

const SETTINGS = { decoders: 2, decodeTimeoutMs: 20_000, decodeQueueMax: 100 }

describe('the decoders', () => {
  let folder: string
  let serial = 0
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'yihu-decoder-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const task = (bytes: Buffer): DecodeTask => {
    const name = join(folder, String(++serial))
    writeFileSync(`${name}.part`, bytes)
    return { kind: 'image', input: `${name}.part`, main: `${name}.main`, thumb: `${name}.thumb`, maxMs: 0 }
  }
  const large = (): Promise<Buffer> => photo({ width: 5000, height: 4500, format: 'png' })

  test('one that is killed at work costs its task only; the next one is served by a new process', async () => {
    const pool = new DecoderPool(SETTINGS)
    const image = await large()
    const running = pool.run('alice', task(image))
    const [pid = 0] = pool.pids()
    process.kill(pid, 'SIGKILL')
    expect(await running).toEqual({ state: 'died', how: 'exit' })
    expect(await pool.run('alice', task(image))).toMatchObject({ state: 'decoded' })
    expect(pool.pids()).not.toContain(pid)
  })

  test('one that takes too long is ended', async () => {
    const pool = new DecoderPool({ ...SETTINGS, decodeTimeoutMs: 1 })
    expect(await pool.run('alice', task(await large()))).toEqual({ state: 'died', how: 'timeout' })
    expect(pool.pids()).toEqual([])
  })

  test('one person has one of them at a time, so that another never waits behind them', async () => {
    const pool = new DecoderPool(SETTINGS)
    const image = await large()
    const order: string[] = []
    const run = (owner: string, name: string): Promise<unknown> =>
      pool.run(owner, task(image)).then(() => order.push(name))
    await Promise.all([run('alice', 'a1'), run('alice', 'a2'), run('alice', 'a3'), run('bob', 'b1')])
    expect(order.indexOf('b1')).toBeLessThan(order.indexOf('a2'))
    expect(order.filter((name) => name.startsWith('a'))).toEqual(['a1', 'a2', 'a3'])
    expect(pool.pids().length).toBeLessThanOrEqual(2)
  })

  test('the queue has an end, and says so', async () => {
    const pool = new DecoderPool({ ...SETTINGS, decodeQueueMax: 2 })
    const image = await photo()
    const running = [1, 2, 3].map(() => pool.run('alice', task(image)))
    expect(() => pool.run('bob', task(image))).toThrow(expect.objectContaining({ code: 'busy' }) as Error)
    for (const outcome of await Promise.all(running)) expect(outcome).toMatchObject({ state: 'decoded' })
  })

  test('they are told nothing of the portal’s environment', async () => {
    process.env['YIHU_TEST_SECRET'] = 'a-secret-of-the-portal'
    const pool = new DecoderPool(SETTINGS)
    await pool.run('alice', task(await photo()))
    for (const pid of pool.pids())
      expect(readFileSync(`/proc/${pid}/environ`, 'latin1')).not.toMatch(/YIHU|SECRET|HOME/)
    delete process.env['YIHU_TEST_SECRET']
  })
})
