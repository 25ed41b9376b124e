import type { ResidentType } from '../../../api/types'
import type { ChatMessage } from '../../../kit/line/frames'
import { missingIn, requestInput, saidBy, type RequestDraft } from './request-draft'

const said = (text: string, from = 'resident'): ChatMessage =>
  ({ from, content: { kind: 'text', text } }) as ChatMessage
const type = {
  id: 'not-hot',
  stopper: null,
  household: 'required',
  questions: [{ code: 'temp', label: '室温', required: true, kind: 'number', options: [] }],
} as unknown as ResidentType
const draft: RequestDraft = {
  typeId: 'not-hot',
  householdId: 'h',
  words: '不热',
  answers: { temp: 15 },
  priority: null,
  gatePassed: false,
}

test('the request begins with the resident’s own words, the newest first to stay', () => {
  expect(saidBy([said('暖气不热'), said('您好', 'staff'), said('孩子感冒了')])).toBe('暖气不热\n孩子感冒了')
  expect(saidBy([said('早'.repeat(300)), said('晚'.repeat(300))])).toBe('晚'.repeat(300))
  expect(saidBy([])).toBe('')
})
test('what is missing is named, the danger question among it', () => {
  expect(missingIn(null, draft).parts).toEqual(['type'])
  expect(missingIn(type, draft)).toEqual({ parts: [], questions: [] })
  expect(missingIn(type, { ...draft, householdId: null, words: ' ', answers: {} })).toEqual({
    parts: ['home', 'words'],
    questions: ['室温'],
  })
  const danger = { ...type, stopper: { ask: null, title: '漏气', steps: [], phone: '1' } } as ResidentType
  expect(missingIn(danger, draft).parts).toEqual(['gate'])
  expect(missingIn(danger, { ...draft, gatePassed: true }).parts).toEqual([])
})
test('answers go as text, and what was left empty is not sent', () => {
  const answers = { temp: 15, since: '', rooms: ['客厅', '卧室'] }
  expect(requestInput('c', 'not-hot', { ...draft, answers, priority: 2 })).toEqual({
    conversationId: 'c',
    typeId: 'not-hot',
    householdId: 'h',
    words: '不热',
    answers: { temp: '15', rooms: '客厅、卧室' },
    priority: 2,
  })
})
