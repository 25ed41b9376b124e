import { monotonicMs } from '../../core/clock'
import type { SendOutcome } from '../../platforms'
import { testConfig } from '../../testing/config'
import type { Send } from './plan-message'
import { RestWatch } from './rest-watch'

const SILENT: SendOutcome = { state: 'later', platformCode: null, platformMessageId: null, advice: null }

const someSend = (): Send =>
  ({
    choice: { channel: { name: 'wechat-mini' }, platform: { id: 'T1' } },
    probe: false,
  }) as unknown as Send

test('N15: a batch that was claimed before a rest was written down does not wake the channel', () => {
  const { messages } = testConfig({ engine: 'sqlite', file: ':memory:', synchronous: 'NORMAL' })
  const watch = new RestWatch(messages)
  const claimedAtMono = monotonicMs()
  const knewNothing = new Map()
  for (let n = 0; n < messages.restAfterFailures; n++) watch.note(someSend(), SILENT, 1000)
  expect(watch.isShut(someSend())).toBe(true)
  watch.written(watch.changes())
  watch.follow(knewNothing, claimedAtMono)
  expect(watch.isShut(someSend())).toBe(true)
})

test('a channel that a person let go on goes on with the next claim', () => {
  const { messages } = testConfig({ engine: 'sqlite', file: ':memory:', synchronous: 'NORMAL' })
  const watch = new RestWatch(messages)
  for (let n = 0; n < messages.restAfterFailures; n++) watch.note(someSend(), SILENT, 1000)
  watch.written(watch.changes())
  watch.follow(new Map(), monotonicMs() + 1)
  expect(watch.isShut(someSend())).toBe(false)
})
