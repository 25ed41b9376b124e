import type { ResidentType } from '../../../api/types'
import { createInput, emptyDraft, missingIn } from './draft'

const type: ResidentType = {
  id: 'leak',
  class: 'repair',
  name: '漏水',
  hint: '漏水了',
  questions: [
    { code: 'where', label: '哪里漏', kind: 'many', options: ['阀门', '管道'], required: true },
    { code: 'since', label: '什么时候', kind: 'text', options: [], required: false },
  ],
  household: 'required',
  photo: 'optional',
  place: 'required',
  appointment: 'none',
  anonymous: false,
  stopper: { ask: '碰到电了吗？', title: '有电', steps: ['离开'], phone: '119' },
  page: null,
  promise: null,
}
const head = { companyId: 'heating', catalogueVersion: 3, callerKind: 'phone' as const }

test('an empty form says everything that it still needs, the danger first', () => {
  expect(missingIn(type, emptyDraft)).toEqual({
    needs: ['gate', 'household', 'words', 'place', 'phone'],
    questions: ['哪里漏'],
  })
})
test('a known household is also the place, and its phone is known', () => {
  const draft = {
    ...emptyDraft,
    householdId: 'h',
    words: '漏水了',
    gatePassed: true,
    answers: { where: ['阀门'] },
  }
  expect(missingIn(type, draft)).toEqual({ needs: [], questions: [] })
  expect(missingIn(type, { ...draft, contactPhone: '123' }).needs).toEqual(['phone'])
})
test('a home that we do not know is told by its address', () => {
  const draft = { ...emptyDraft, words: '漏水了', gatePassed: true, answers: { where: ['阀门'] } }
  const told = { ...draft, addressText: '松海园东门旁平房', contactPhone: '13812345678' }
  expect(missingIn(type, told)).toEqual({ needs: [], questions: [] })
})
test('what was left empty is not sent', () => {
  const draft = {
    ...emptyDraft,
    words: ' 漏水了 ',
    contactPhone: '13812345678',
    answers: { where: [], since: '' },
    holdId: '01JDHOLD000000000000000000',
  }
  expect(createInput(head, 'leak', draft)).toEqual({
    ...head,
    typeId: 'leak',
    words: '漏水了',
    answers: {},
    fileIds: [],
    holdId: '01JDHOLD000000000000000000',
    contactPhone: '13812345678',
  })
})
