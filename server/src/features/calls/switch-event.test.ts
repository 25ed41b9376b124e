import { createHmac } from 'node:crypto'
import { readSwitchEvent, type SwitchEvent } from './switch-event'

const SECRET = 'b2f0a6f1c9d84e7399d1c0f4a7e85b21'
const NOW = 1_795_000_000_000
const CLOCK = { now: NOW, windowSeconds: 300 }
const EVENT: SwitchEvent = {
  callId: 'sw-0001',
  at: NOW,
  from: '13800138000',
  extension: '8001',
  startedAt: NOW,
  answeredAt: null,
  endedAt: null,
}

function given(body: string, secret = SECRET, timestamp = String(NOW / 1000)) {
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  return { timestamp, signature, body: Buffer.from(body) }
}
const read = (of: ReturnType<typeof given>): SwitchEvent => readSwitchEvent(SECRET, of, CLOCK)
const codeOf = (run: () => unknown): string => {
  try {
    run()
    return 'read'
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('a signed event is read', () => {
  expect(read(given(JSON.stringify(EVENT)))).toEqual(EVENT)
})

test.each([
  ['another secret', given('{}', 'x'.repeat(32))],
  ['another body', { ...given(JSON.stringify(EVENT)), body: Buffer.from('{"callId":"other"}') }],
  ['an old hour', given(JSON.stringify(EVENT), SECRET, String(NOW / 1000 - 301))],
  ['an hour to come', given(JSON.stringify(EVENT), SECRET, String(NOW / 1000 + 301))],
  ['no signature', { ...given('{}'), signature: '' }],
  ['no time', { ...given('{}'), timestamp: '' }],
])('%s is refused', (_name, of) => {
  expect(codeOf(() => read(of))).toBe('bad_signature')
})

test.each([
  '',
  '[]',
  '{"callId":1}',
  JSON.stringify({ ...EVENT, from: '1380013800a' }),
  JSON.stringify({ ...EVENT, more: 1 }),
])('what is signed and yet no event is refused as such: %s', (body) => {
  expect(codeOf(() => read(given(body)))).toBe('malformed_notice')
})
