import { emptyOutbox } from './outbox'
import { sharePlace, sharedOrders } from './sharing'
import type { FieldAction, Outbox, Today } from './types'

const today = (state: Today['orders'][number]['state'], locationConsent = true): Today => ({
  worker: { id: 'W', name: '孙师傅', teamName: '维修班', presence: 'online', locationConsent },
  orders: [
    {
      requestId: 'R1',
      number: 'BX1',
      version: 1,
      companyId: 'heating',
      typeName: '不热',
      priority: 3,
      state,
      words: '',
      answers: [],
      address: null,
      place: null,
      contactName: null,
      contactPhone: null,
      files: [],
      clocks: [],
      appointment: null,
      checklist: [],
      evidence: [],
      missing: [],
      readings: [],
      parts: [],
      charge: null,
      answerBy: null,
      distanceM: null,
      notes: [],
    },
  ],
  pool: [],
  mates: [],
  asOf: 0,
})
const waiting = (action: FieldAction): Outbox => ({
  ...emptyOutbox,
  waiting: [{ actionId: 'a', requestId: 'R1', at: 1, action, file: null, refused: null }],
})

test('the place goes out only with consent and only on the way', () => {
  expect(sharedOrders(today('on-the-way'), emptyOutbox)).toEqual(['R1'])
  expect(sharedOrders(today('on-the-way', false), emptyOutbox)).toEqual([])
  expect(sharedOrders(today('on-site'), emptyOutbox)).toEqual([])
  expect(sharedOrders(today('dispatched'), waiting({ kind: 'set-out' }))).toEqual([])
  expect(sharedOrders(null, emptyOutbox)).toEqual([])
})

test('it stops the moment the worker says they arrived or pause, also before the server hears of it', () => {
  expect(sharedOrders(today('on-the-way'), waiting({ kind: 'arrive', place: null }))).toEqual([])
  expect(
    sharedOrders(
      today('on-the-way'),
      waiting({ kind: 'hold', reason: 'parts', words: '等阀门', until: null }),
    ),
  ).toEqual([])
})

test('it stops when the server says so, and goes on after a place or a network that was not there', async () => {
  const place = { latE6: 1, lngE6: 2, accuracyM: 3 }
  const here = async () => place
  const sent: unknown[] = []
  const send = async (each: unknown) => {
    sent.push(each)
    return { goOn: false }
  }
  expect(await sharePlace({ here, send })).toBe(false)
  expect(sent).toEqual([place])
  expect(await sharePlace({ here: async () => null, send })).toBe(true)
  expect(sent).toHaveLength(1)
  expect(
    await sharePlace({
      here,
      send: async () => {
        throw new Error('offline')
      },
    }),
  ).toBe(true)
})
