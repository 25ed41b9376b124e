import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testConfig } from '../../testing/config'
import { messageFaults } from './message-faults'
import { readTemplateFiles, templateFaults } from './template-files'

const GOOD = `title: 缴费成功
says:
  - { label: 住址, from: household, as: thing }
  - { label: 金额, from: amount, as: amount }
  - { label: 时间, from: paidAt, as: time }
channels:
  - name: wechat-mini
    fields: { thing1: household, amount2: amount, time3: paidAt }
  - { name: sms, text: '\${household}已缴\${amount}' }
urgency: normal
quietHours: { from: '22:00', to: '07:00' }
expiresAfterHours: 24
maySwitchOff: true
example:
  household: 松海园 41-6-404
  amount: ￥3634.08
  paidAt: 2026年11月22日 15:02
`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yihu-templates-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function faultsOf(text: string): readonly string[] {
  writeFileSync(join(folder, 'paid.yaml'), text)
  return templateFaults(folder)
}

test('the files that are shipped keep every rule', () => {
  expect(templateFaults()).toEqual([])
  expect(readTemplateFiles().templates.size).toBeGreaterThan(15)
})

test('a whole file has no fault', () => {
  expect(faultsOf(GOOD)).toEqual([])
})

test.each([
  ['a thing of 21 characters', ['松海园 41-6-404', '松'.repeat(21)], 8, 'thing1 would be cut'],
  ['a time that is a date alone', ['2026年11月22日 15:02', '2026年11月22日'], 8, 'time3 cannot hold'],
  ['an amount in words', ['￥3634.08', '约三千元'], 8, 'amount2 cannot hold'],
  ['a phrase that is no phrase', ['thing1: household', 'phrase1: household'], 8, 'phrase1 cannot hold'],
  ['a field of a fact that is not said', ['time3: paidAt', 'time3: when'], 8, 'takes when'],
  ['a text with a fact that is not said', ['已缴${amount}', '已缴${money}'], 9, 'money'],
  ['a variable too long for the provider', ['松海园 41-6-404', '松海园'.repeat(12)], 9, 'at most 35'],
  ['no example', ['  household: 松海园 41-6-404\n', ''], 3, 'no value for household'],
  ['a channel that nobody knows', ['name: sms', 'name: pigeon'], 9, 'channels.1.name'],
  ['words for a channel of fields', ['name: sms', 'name: alipay-mini'], 9, 'fields and no text'],
  ['quiet hours that are no time', ["from: '22:00'", "from: '25:00'"], 11, 'quietHours'],
  ['a key that nobody knows', ['maySwitchOff', 'mayswitchoff'], 1, 'mayswitchoff'],
  ['broken YAML', ['channels:', 'channels: ['], 7, ''],
])('%s is named with its line', (_, [from, to], line, words) => {
  const faults = faultsOf(GOOD.replace(from ?? '', to ?? ''))
  expect(faults.join('\n')).toContain(words)
  expect(faults.some((fault) => fault.startsWith(`templates/paid.yaml:${line}:`))).toBe(true)
})

test('a configuration that names a message or a value that does not exist is told before the start', () => {
  const config = testConfig({ engine: 'sqlite', file: join(folder, 'x.sqlite'), synchronous: 'FULL' })
  expect(messageFaults(config)).toEqual([])
  const { wechat } = config.platforms
  const subscribeTemplates = {
    ...wechat.subscribeTemplates,
    'no-such-message': { id: 'x' },
    'payment-refunded': { id: 'x' },
    'payment-success': { id: 'x', fields: { thing1: 'nobody' } },
  }
  const platforms = { ...config.platforms, wechat: { ...wechat, subscribeTemplates } }
  expect(messageFaults({ ...config, platforms })).toEqual([
    'platforms.wechat.subscribeTemplates.payment-success.fields.thing1: the message does not say nobody',
    'platforms.wechat.subscribeTemplates.no-such-message: templates/ has no no-such-message.yaml',
    'platforms.wechat.subscribeTemplates.payment-refunded: templates/payment-refunded.yaml does not send over wechat-mini',
  ])
})
