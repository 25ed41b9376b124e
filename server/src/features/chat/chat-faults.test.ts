import { testConfig } from '../../testing/config'
import { calendarNames } from '../catalogue'
import { chatFaults } from './chat-faults'

const config = (companies: object) =>
  testConfig({ engine: 'sqlite', file: 'x', synchronous: 'FULL' }, { chat: { companies } })

test('a calendar that is not there, a stranger and a warning after the end are told at the start', () => {
  expect(chatFaults(config({}), calendarNames())).toEqual([])
  const wrong = config({
    heating: { calendar: 'nights' },
    gas: { idleWarnMinutes: 30 },
    steam: { seatCapacity: 3 },
  })
  expect(chatFaults(wrong, calendarNames())).toEqual([
    'chat.companies.steam: there is no company of that name',
    'chat: heating: there is no calendar nights in config/calendars',
    'chat: gas: idleWarnMinutes must be less than idleCloseMinutes',
  ])
})
