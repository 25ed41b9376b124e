import { parseShanghaiDateTime } from '../../core/clock'
import { afterQuietHours } from './quiet-hours'

const at = (time: string, day = '22'): number => parseShanghaiDateTime(`2026-11-${day} ${time}:00`)
const NIGHT = { quietHours: { from: '22:00', to: '07:00' }, urgency: 'normal' } as const
const NOON = { quietHours: { from: '12:00', to: '14:00' }, urgency: 'normal' } as const
const NONE = { quietHours: 'none', urgency: 'normal' } as const
const HOW = { urgency: 1, keepQuietHours: true }

test.each([
  ['before the night', NIGHT, HOW, at('21:59'), at('21:59')],
  ['as the night begins', NIGHT, HOW, at('22:00'), at('07:00', '23')],
  ['after midnight', NIGHT, HOW, at('00:30'), at('07:00')],
  ['as the night ends', NIGHT, HOW, at('07:00'), at('07:00')],
  ['at noon', NOON, HOW, at('13:00'), at('14:00')],
  ['after noon', NOON, HOW, at('14:00'), at('14:00')],
  ['without quiet hours', NONE, HOW, at('03:00'), at('03:00')],
  ['when it is urgent', NIGHT, { ...HOW, urgency: 0 }, at('03:00'), at('03:00')],
  ['where they are not kept', NIGHT, { ...HOW, keepQuietHours: false }, at('03:00'), at('03:00')],
])('%s', (_, template, how, now, expected) => {
  expect(afterQuietHours(template, how, now)).toBe(expected)
})
