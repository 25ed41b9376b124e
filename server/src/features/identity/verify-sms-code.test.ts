import { eachEngine } from '../../testing/harness'
import { issueSmsCode, type SmsPurpose } from './issue-sms-code'
import { startWorld, type TestWorld } from './test-world'
import { verifySmsCode } from './verify-sms-code'

const PHONE = '13812345678'
const OTHER = '13987654321'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  const issue = async (phone: string, purpose: SmsPurpose): Promise<string> => {
    await issueSmsCode(world.app.ctx(), { phone, purpose })
    return world.sentCodes.at(-1)?.code ?? ''
  }
  const verify = (phone: string, purpose: SmsPurpose, code: string) =>
    verifySmsCode(world.app.ctx(), { phone, purpose, code })
  const wrong = expect.objectContaining({ code: 'sms_code_wrong' })
  const anotherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

  test('the right code works once', async () => {
    const code = await issue(PHONE, 'login')
    await expect(verify(PHONE, 'login', code)).resolves.toBeUndefined()
    await expect(verify(PHONE, 'login', code)).rejects.toEqual(wrong)
  })

  test('of ten right answers at once one counts', async () => {
    const code = await issue(PHONE, 'login')
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => verify(PHONE, 'login', code)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('after five wrong tries the right code is dead', async () => {
    const code = await issue(PHONE, 'login')
    for (let i = 0; i < 5; i++) await expect(verify(PHONE, 'login', anotherThan(code))).rejects.toEqual(wrong)
    await expect(verify(PHONE, 'login', code)).rejects.toEqual(wrong)
  })

  test('the fifth try may still be right', async () => {
    const code = await issue(PHONE, 'login')
    for (let i = 0; i < 4; i++) await expect(verify(PHONE, 'login', anotherThan(code))).rejects.toEqual(wrong)
    await expect(verify(PHONE, 'login', code)).resolves.toBeUndefined()
  })

  test('a hundred guesses at once spend five tries', async () => {
    const code = await issue(PHONE, 'login')
    await Promise.allSettled(Array.from({ length: 100 }, () => verify(PHONE, 'login', anotherThan(code))))
    expect(await world.count('sms_code', 'triesLeft = 0')).toBe(1)
    await expect(verify(PHONE, 'login', code)).rejects.toEqual(wrong)
  })

  test('a code lives ten minutes', async () => {
    const code = await issue(PHONE, 'login')
    world.app.clock.advance(600_000)
    await expect(verify(PHONE, 'login', code)).rejects.toEqual(wrong)
  })

  test('the code of one number is worth nothing for another', async () => {
    const code = await issue(PHONE, 'login')
    await issue(OTHER, 'login')
    await expect(verify(OTHER, 'login', code)).rejects.toEqual(wrong)
    await expect(verify(PHONE, 'login', code)).resolves.toBeUndefined()
  })

  test.each<[SmsPurpose, SmsPurpose]>([
    ['login', 'link-phone'],
    ['link-phone', 'login'],
    ['bind-household:A', 'bind-household:B'],
    ['bind-household:A', 'login'],
  ])('a code for %s is worth nothing for %s', async (given, wanted) => {
    const code = await issue(PHONE, given)
    await expect(verify(PHONE, wanted, code)).rejects.toEqual(wrong)
  })

  test('a newer code voids the older one', async () => {
    const older = await issue(PHONE, 'login')
    let newer = older
    // One time in a million both are the same digits, and then there is nothing to tell apart: ask once more.
    while (newer === older) {
      world.app.clock.advance(60_000)
      newer = await issue(PHONE, 'login')
    }
    await expect(verify(PHONE, 'login', older)).rejects.toEqual(wrong)
    await expect(verify(PHONE, 'login', newer)).resolves.toBeUndefined()
  })
})
