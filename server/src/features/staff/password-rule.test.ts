import { testConfig } from '../../testing/config'
import { isKnownPassword } from './known-passwords'
import { assertGoodPassword, passwordIsOld } from './password-rule'

const database = { engine: 'sqlite', file: ':memory:', synchronous: 'NORMAL' } as const
const settings = (profile: 'default' | 'djbh3') => ({ config: testConfig(database, { staff: { profile } }) })
const whose = { loginName: 'wangxiao', name: '王晓' }

function judged(profile: 'default' | 'djbh3', password: string): string {
  try {
    assertGoodPassword(settings(profile), password, whose)
    return 'good'
  } catch (error) {
    return (error as { code: string }).code
  }
}

test.each([
  ['Admin@123'],
  ['Heating2026!'],
  ['P@ssw0rd1234'],
  ['password123456'],
  ['123456789012'],
  ['1qaz2wsx3edc'],
  ['qwertyuiop[]12'],
  ['aaaaaaaaaaaaaa'],
  ['abcabcabcabcabc'],
  ['woaini5201314!'],
  ['WangXiao-98765-x'],
  ['我是王晓请多关照一下吧'],
  ['yihu-portal-is-good'],
  ['elevenchars'],
])('%s is no password', (password) => {
  expect(judged('default', password)).toBe('password_weak')
})

test.each([
  ['correct horse battery staple'],
  ['松海园的雪下得真大啊今年'],
  ['k7m2-9qxt-4hwp-3rzd'],
  ['x'.repeat(3) + 'Zwischen den Bäumen 9' + '语'.repeat(100)],
])('%s is one', (password) => {
  expect(judged('default', password)).toBe('good')
})

test('two long passwords that share seventy-two bytes are two', () => {
  expect(isKnownPassword('a'.repeat(80))).toBe(true)
  expect(judged('default', `${'长长的密码'.repeat(12)}甲乙丙`)).toBe('good')
})

test('等保 asks for eight characters of three kinds and ninety days; the default for neither', () => {
  expect(judged('djbh3', 'Kx7-mqZ2')).toBe('good')
  for (const weak of ['Kx7-mqZ', 'kxmqzkxw', 'kx7mqz2w', 'KX7MQZ2W'])
    expect(judged('djbh3', weak)).toBe('password_weak')
  const at = (now: number) => ({ now: () => now })
  const days = 86_400_000
  expect(passwordIsOld({ ...settings('djbh3'), clock: at(90 * days) }, 1)).toBe(false)
  expect(passwordIsOld({ ...settings('djbh3'), clock: at(91 * days) }, 1)).toBe(true)
  expect(passwordIsOld({ ...settings('default'), clock: at(9000 * days) }, 1)).toBe(false)
})
