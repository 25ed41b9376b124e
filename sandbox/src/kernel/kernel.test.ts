import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFaults } from './faults'
import { createKernel } from './kernel'
import { createRandom } from './random'
import { testConfig, testKernel } from './testing'

describe('the kernel', () => {
  let dataDir = ''
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'yihu-sandbox-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

  const open = () => createKernel(testConfig({ dataDir }), { log: () => undefined })

  it('keeps its tables, its inbox, its clock and its chance over a restart', async () => {
    const first = open()
    first.store.table<{ a: number }>('things').put('x', { a: 1 })
    first.store.table<{ a: number }>('things').put('gone', { a: 2 })
    first.store.table('things').delete('gone')
    first.inbox.push({ phone: 'sms', personId: 'zhangyu', kind: 'code', title: '验证码', fields: [], at: 1 })
    const drawn = first.random.hex(16)
    await first.clock.advance(3_600_000)
    await first.stop()
    expect(readdirSync(dataDir)).toEqual(['sandbox.json'])
    const second = open()
    expect(second.store.table('things').all()).toEqual([{ a: 1 }])
    expect(second.inbox.list('zhangyu', 'sms')).toEqual([
      expect.objectContaining({ id: '1', title: '验证码' }),
    ])
    expect(second.clock.leadMs()).toBeGreaterThan(3_590_000)
    expect(second.random.hex(16)).not.toBe(drawn)
    await second.stop()
  })

  it('makes the same run from the same seed', () => {
    const draw = (seed: number): string[] => {
      const random = createRandom(seed)
      return Array.from({ length: 5 }, () => random.word(20))
    }
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
    const random = createRandom(7)
    const values = Array.from({ length: 2_000 }, () => random.int(1, 6))
    expect(new Set(values)).toEqual(new Set([1, 2, 3, 4, 5, 6]))
  })

  it('strikes with a fault as often and as many times as it was told', () => {
    const faults = createFaults(createRandom(1))
    faults.declare('test.fault', '测试')
    faults.set({ name: 'test.fault', times: 2 })
    expect([1, 2, 3].map(() => faults.take('test.fault') !== undefined)).toEqual([true, true, false])
    faults.set({ name: 'test.fault', probability: 0.25 })
    const struck = Array.from({ length: 1_000 }, () => faults.take('test.fault')).filter(Boolean).length
    expect(struck).toBeGreaterThan(180)
    expect(struck).toBeLessThan(330)
    faults.clear('test.fault')
    expect(faults.take('test.fault')).toBeUndefined()
    expect(() => faults.set({ name: 'no.such.fault' })).toThrow('no.such.fault')
  })

  it('knows its people by the identifiers of both platforms', async () => {
    const kernel = testKernel()
    const { people } = kernel
    const names = people.list().map((person) => person.name)
    expect(names).toEqual(['张玉', '李桂兰', '王小明', '访客', '孙师傅'])
    expect(people.byOpenid('wx1', people.openid('liguilan', 'wx1'))?.id).toBe('liguilan')
    expect(people.byOpenid('wx2', people.openid('liguilan', 'wx1'))).toBeUndefined()
    expect(people.byAlipayOpenId('2021', people.alipayOpenId('zhangyu', '2021'))?.id).toBe('zhangyu')
    for (const person of people.list()) {
      expect(person.alipayUserId).toMatch(/^2088\d{12}$/)
      expect(people.byAlipayUserId(person.alipayUserId)?.id).toBe(person.id)
    }
    await kernel.stop()
  })

  it('keeps the identifiers of a person over a reset, so that a portal still knows them', () => {
    expect(testKernel().people.openid('zhangyu', 'wx1')).toBe(testKernel().people.openid('zhangyu', 'wx1'))
  })
})
