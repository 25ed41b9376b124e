import {
  afterSteps,
  dueOf,
  filesOfResidents,
  isOpen,
  offerOf,
  shotsElsewhere,
  sorted,
  stepsOf,
} from './after-steps'
import { newUpload } from '../upload/plan'
import { bannerOf } from './banner'
import { emptyOutbox } from './outbox'
import { degrees, fenOf, partsFen, resultTemplates, tenthsOf } from './results'
import type { FieldAction, FieldOrder, Outbox, Step } from './types'

const order = (change: Partial<FieldOrder> = {}): FieldOrder => ({
  requestId: 'R1',
  number: 'BX20261122-000001',
  version: 1,
  companyId: 'heating',
  typeName: '暖气不热',
  priority: 3,
  state: 'dispatched',
  words: '不热',
  answers: [],
  address: '松海园41号楼6单元404',
  place: null,
  contactName: null,
  contactPhone: null,
  files: [],
  clocks: [],
  appointment: null,
  checklist: [
    { text: '给暖气排气', done: false },
    { text: '查阀门', done: false },
  ],
  evidence: ['after-photo', 'reading'],
  missing: ['after-photo', 'reading'],
  readings: [],
  parts: [],
  charge: null,
  answerBy: 1000,
  distanceM: null,
  notes: [],
  ...change,
})
const step = (action: FieldAction, change: Partial<Step> = {}): Step => ({
  actionId: `${action.kind}`,
  requestId: 'R1',
  at: 1,
  action,
  file: null,
  refused: null,
  ...change,
})
const waiting = (...actions: FieldAction[]): Outbox => ({
  ...emptyOutbox,
  waiting: actions.map((each) => step(each)),
})

describe('afterSteps', () => {
  test('what was done without a network shows at once', () => {
    const shown = afterSteps(
      order(),
      waiting(
        { kind: 'take' },
        { kind: 'set-out' },
        { kind: 'arrive', place: null },
        { kind: 'check', index: 1, done: true },
      ),
    )
    expect(shown).toMatchObject({ state: 'on-site', answerBy: null })
    expect(shown.checklist.map(({ done }) => done)).toEqual([false, true])
  })

  test('an order that was finished or given back here is no longer open', () => {
    expect(isOpen(afterSteps(order(), waiting({ kind: 'resolve', words: '好了' })))).toBe(false)
    expect(isOpen(afterSteps(order(), waiting({ kind: 'give-back', reason: '走不开' })))).toBe(false)
    expect(isOpen(order())).toBe(true)
  })

  test('work that goes on after a pause goes on where it was', () => {
    const hold: FieldAction = { kind: 'hold', reason: 'parts', words: '等阀门', until: null }
    const onRoad = waiting({ kind: 'set-out' }, hold, { kind: 'resume' })
    expect(afterSteps(order(), onRoad).state).toBe('on-the-way')
    expect(afterSteps(order({ state: 'on-hold' }), waiting({ kind: 'resume' })).state).toBe('on-site')
  })

  test('what was refused, and what belongs to another order, changes nothing', () => {
    const outbox = {
      ...emptyOutbox,
      waiting: [
        step({ kind: 'set-out' }, { refused: '已取消' }),
        step({ kind: 'set-out' }, { requestId: 'R2' }),
      ],
    }
    expect(afterSteps(order(), outbox)).toEqual(order())
  })
})

test('what was recorded here counts before it was sent; a photo of before is not one of after', () => {
  const shown = afterSteps(
    order({ readings: [{ heightCm: null, windowsClosedSince: null, at: 0, room: '主卧', tenths: 190 }] }),
    waiting(
      { kind: 'photo', fileId: '', role: 'before' },
      { kind: 'reading', room: '客厅', tenths: 185 },
      { kind: 'charge', what: '换阀门', amountFen: 5000 },
    ),
  )
  expect(shown.missing).toEqual(['after-photo'])
  expect(shown.readings.map(({ room }) => room)).toEqual(['主卧', '客厅'])
  expect(shown.charge).toEqual({ what: '换阀门', amountFen: 5000, paid: false })
  expect(afterSteps(shown, waiting({ kind: 'photo', fileId: '', role: 'after' })).missing).toEqual([])
})

test('the page shows what was sent and what waits of this order, and nothing that was refused', () => {
  const outbox: Outbox = {
    done: [step({ kind: 'note', words: '一' }, { actionId: 'a' })],
    waiting: [
      step({ kind: 'note', words: '二' }, { actionId: 'b' }),
      step({ kind: 'note', words: '三' }, { actionId: 'c', refused: '已取消' }),
      step({ kind: 'note', words: '四' }, { actionId: 'd', requestId: 'R2' }),
    ],
  }
  expect(stepsOf('R1', outbox).map(({ actionId }) => actionId)).toEqual(['a', 'b'])
})

test('photos stand where they belong: the resident’s, a colleague’s, and those taken here', () => {
  const file = (fileId: string, role: string): FieldOrder['files'][number] => ({
    fileId,
    role,
    kind: 'image',
    url: '',
    thumbUrl: null,
    width: null,
    height: null,
    durationMs: null,
    hidden: false,
    gone: false,
  })
  const upload = { ...newUpload('image', 1, 'c'), state: 'ready' as const, fileId: 'mine' }
  const photo = step(
    { kind: 'photo', fileId: '', role: 'after' },
    { file: { key: 'k', kind: 'image', path: 'a', durationMs: null, upload } },
  )
  const files = [
    file('theirs', 'problem'),
    file('mine', 'after'),
    file('colleague', 'after'),
    file('s', 'signature'),
  ]
  const shown = order({ files })
  const outbox: Outbox = { waiting: [], done: [photo] }
  expect(filesOfResidents(shown).map(({ fileId }) => fileId)).toEqual(['theirs'])
  expect(shotsElsewhere(shown, outbox, 'after').map(({ fileId }) => fileId)).toEqual(['colleague'])
  expect(shotsElsewhere(shown, outbox, 'before')).toEqual([])
})

test('danger comes first, then what is due next or what is near; what has no distance comes last', () => {
  const list = [
    order({ requestId: 'far', distanceM: 900, answerBy: 10 }),
    order({ requestId: 'unknown', answerBy: 5 }),
    order({ requestId: 'near', distanceM: 100, answerBy: 20 }),
    order({ requestId: 'gas', distanceM: 5000, answerBy: 99, priority: 1 }),
  ]
  expect(sorted(list, 'time').map(({ requestId }) => requestId)).toEqual(['gas', 'unknown', 'far', 'near'])
  expect(sorted(list, 'distance').map(({ requestId }) => requestId)).toEqual([
    'gas',
    'near',
    'far',
    'unknown',
  ])
  expect(dueOf(order({ answerBy: null }))).toBe(Number.MAX_SAFE_INTEGER)
})

test('the offer that runs out first covers the page; one that ran out does not', () => {
  const list = [
    order({ requestId: 'a', answerBy: 300 }),
    order({ requestId: 'b', answerBy: 200 }),
    order({ requestId: 'c', answerBy: null }),
  ]
  expect(offerOf(list, 100)?.requestId).toBe('b')
  expect(offerOf(list, 250)?.requestId).toBe('a')
  expect(offerOf(list, 300)).toBeNull()
})

describe('bannerOf', () => {
  const three = waiting({ kind: 'take' }, { kind: 'set-out' }, { kind: 'arrive', place: null })

  test('says in words how much was written down without a network', () => {
    expect(bannerOf(three, 'offline', false)?.text).toBe('离线，已记下 3 步，有网自动上传')
    expect(bannerOf(emptyOutbox, 'idle', true)?.text).toBe('离线，看到的是上次的内容')
  })

  test('a refused step is what matters most, and nothing to say shows nothing', () => {
    const refused = { ...three, waiting: [step({ kind: 'take' }, { refused: '已取消' })] }
    expect(bannerOf(refused, 'offline', true)).toEqual({ text: '有 1 步没有成功，点这里处理', tone: 'bad' })
    expect(bannerOf(three, 'sending', false)?.text).toBe('正在上传 3 步')
    expect(bannerOf(emptyOutbox, 'idle', false)).toBeNull()
  })
})

test.each([
  ['18.5', 185],
  ['18', 180],
  ['-3.2', -32],
  ['60.0', 600],
  ['60.1', null],
  ['18.55', null],
  ['热', null],
  ['', null],
])('the temperature %s is %p tenths of a degree', (text, tenths) => expect(tenthsOf(text)).toBe(tenths))

test.each([
  ['35', 3500],
  ['35.5', 3550],
  ['0.07', 7],
  ['19.99', 1999],
  ['1,000', null],
  ['-1', null],
  ['3.999', null],
])('%s yuan are %p fen', (text, fen) => expect(fenOf(text)).toBe(fen))

test('the result begins with what was measured and ticked', () => {
  const shown = afterSteps(
    order(),
    waiting(
      { kind: 'check', index: 0, done: true },
      { kind: 'reading', room: '客厅', tenths: 185 },
      { kind: 'reading', room: '主卧', tenths: 190 },
      { kind: 'part', name: '球阀', count: 2, priceFen: 3550 },
    ),
  )
  expect(resultTemplates(shown).slice(0, 2)).toEqual([
    '现场测温：客厅 18.5℃，主卧 19.0℃。',
    '已完成：给暖气排气。',
  ])
  expect(partsFen(shown)).toBe(7100)
  expect(degrees(-32)).toBe('-3.2')
})
