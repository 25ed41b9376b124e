import type { ServiceType } from '../api/types'
import { newUpload } from '../upload/plan'
import type { Attachment } from '../upload/queue'
import { type Draft, draftKey, emptyDraft, faultsOf, type FormFacts, hasContent, submitInput } from './draft'

const now = Date.UTC(2026, 10, 22, 7, 0)
const type = {
  id: 'leak',
  class: 'repair',
  name: '漏水',
  household: 'required',
  photo: 'required',
  place: 'optional',
  appointment: 'none',
  anonymous: false,
  questions: [
    { code: 'where', label: '哪个房间', kind: 'text', options: [], required: true },
    { code: 'degrees', label: '室温', kind: 'number', options: [], required: false },
  ],
} as unknown as ServiceType
const facts = (part: Partial<FormFacts> = {}): FormFacts => ({
  type,
  householdId: 'H',
  known: { contactPhoneMasked: '138****0913' },
  short: false,
  nowMs: now,
  ...part,
})
const photo = (state: 'ready' | 'sending' | 'broken'): Attachment => ({
  key: 'k',
  kind: 'image',
  path: 'p',
  durationMs: null,
  upload: { ...newUpload('image', 10, 'c'), fileId: 'F', state },
})
const full: Draft = {
  ...emptyDraft('client'),
  words: ' 厨房漏水 ',
  answers: { where: '厨房' },
  files: [photo('ready')],
}
const sent = (draft: Draft, part: Partial<FormFacts> = {}) =>
  submitInput(draft, {
    ...facts(part),
    companyId: 'heating',
    catalogueVersion: 3,
    dangerSeen: false,
    noticeId: null,
  })

test('a form with everything can be sent, with its words trimmed and its files by their ids', () => {
  expect(faultsOf(full, facts())).toEqual({})
  expect(sent(full)).toEqual({
    clientId: 'client',
    companyId: 'heating',
    typeId: 'leak',
    catalogueVersion: 3,
    words: '厨房漏水',
    answers: { where: '厨房' },
    fileIds: ['F'],
    anonymous: false,
    dangerSeen: false,
    householdId: 'H',
  })
})
test('each thing that is missing is named', () =>
  expect(Object.keys(faultsOf(emptyDraft('c'), facts()))).toEqual(['words', 'q-where', 'files']))
test('photos that are still on their way hold the sending back, broken ones too', () => {
  expect(faultsOf({ ...full, files: [photo('sending')] }, facts())['files']).toContain('上传')
  expect(faultsOf({ ...full, files: [photo('broken')] }, facts())['files']).toContain('删除')
})
test('in danger nobody has to write, and only what is needed is asked', () => {
  const short = facts({ short: true, type: { ...type, photo: 'optional' } })
  const draft = { ...emptyDraft('c'), answers: { where: '厨房', degrees: 15 } }
  expect(faultsOf(draft, short)).toEqual({})
  expect(sent(draft, short)).toMatchObject({ words: '漏水', answers: { where: '厨房' } })
  expect(sent(draft, short).answers).not.toHaveProperty('degrees')
})
test('something in the street needs a place or an address', () => {
  const street = facts({ householdId: null, type: { ...type, household: 'none', place: 'required' } })
  const draft = { ...full, phone: '13800138000' }
  expect(Object.keys(faultsOf(draft, street))).toEqual(['place'])
  expect(faultsOf({ ...draft, address: '东门外路口' }, street)).toEqual({})
  expect(faultsOf({ ...draft, place: { latE6: 1, lngE6: 1, words: '' } }, street)).toEqual({})
})
test('for a parent whose household is not bound the parent’s own number is asked', () => {
  const optional = facts({ householdId: null, type: { ...type, household: 'optional' } })
  const draft = { ...full, parent: '王大爷' }
  expect(Object.keys(faultsOf(draft, optional))).toEqual(['phone'])
  const given = { ...draft, address: '松海园 3-1-201', phone: '13800138000' }
  expect(faultsOf(given, optional)).toEqual({})
  expect(sent(given, optional)).toMatchObject({
    onBehalfOf: '王大爷',
    addressText: '松海园 3-1-201',
    contactPhone: '13800138000',
  })
  expect(faultsOf({ ...full, parent: '' }, facts())).toHaveProperty('parent')
})
test('without a household of one’s own the next step is to bind it', () =>
  expect(faultsOf(full, facts({ householdId: null }))['household']).toContain('绑定'))
test('a wrong number is said before it is sent', () =>
  expect(faultsOf({ ...full, phone: '1380013' }, facts())['phone']).toContain('手机号'))
test('an anonymous complaint sends neither name nor number', () => {
  const draft = { ...full, anonymous: true, phone: '13800138000', name: '王女士' }
  expect(faultsOf(draft, facts({ known: null }))).toEqual({})
  expect(sent(draft)).not.toHaveProperty('contactPhone')
  expect(sent(draft)).not.toHaveProperty('contactName')
})
test('a slot whose time has run out is not sent, and where one is needed it is asked for again', () => {
  const hold = { holdId: 'hold', expiresAt: now - 1, day: '2026-11-23', from: '09:00', to: '11:00' }
  const needed = { ...type, appointment: 'required' } as ServiceType
  expect(sent({ ...full, hold })).not.toHaveProperty('holdId')
  expect(faultsOf({ ...full, hold }, facts({ type: needed }))).toHaveProperty('appointment')
  expect(sent({ ...full, hold: { ...hold, expiresAt: now + 1 } })).toHaveProperty('holdId', 'hold')
})
test('a parent’s home need not be bound: its address is enough, and is asked for', () => {
  const unbound = facts({ householdId: null })
  expect(faultsOf({ ...full, parent: '王秀兰', address: '' }, unbound)['household']).toContain('父母家')
  const given = { ...full, parent: '王秀兰', address: '松海园 41-6-404', phone: '13812345678' }
  expect(faultsOf(given, unbound)['household']).toBeUndefined()
})

test('each type at each household keeps its own draft, and an untouched form keeps none', () => {
  expect(draftKey('heating', 'leak', 'A')).not.toBe(draftKey('heating', 'leak', 'B'))
  expect(hasContent(emptyDraft('c'))).toBe(false)
  expect(hasContent(full)).toBe(true)
})

test('what belongs to an outage names it, and asks for no visit of its own', () => {
  const hold = { holdId: 'S', expiresAt: now + 60_000, day: '2026-11-23', from: '09:00', to: '11:00' }
  const more = { companyId: 'heating', catalogueVersion: 3, dangerSeen: false }
  const joined = submitInput({ ...full, hold }, { ...facts(), ...more, noticeId: 'N' })
  expect([joined.noticeId, 'holdId' in joined]).toEqual(['N', false])
  const alone = submitInput({ ...full, hold }, { ...facts(), ...more, noticeId: null })
  expect(['noticeId' in alone, alone.holdId]).toEqual([false, 'S'])
})
