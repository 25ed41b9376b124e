import { type Draft, faultsOf, submitInput } from './draft'

const draft: Draft = { clientId: 'client-0123456789', value: '3056.', reason: null, words: '', files: [] }
const meter = { photo: 'optional' as const, integerDigits: 5 }

test('what is missing is said where it is missing', () => {
  expect(faultsOf(draft, meter, false)).toEqual({})
  expect(faultsOf({ ...draft, value: '' }, meter, false)).toEqual({ value: '请先填表上的读数' })
  expect(faultsOf(draft, meter, true)).toEqual({ reason: '请选一个原因' })
  expect(faultsOf(draft, { ...meter, photo: 'required' }, false)).toEqual({ files: '请拍一张表的照片' })
})

test('only what is asked for is sent: a reason that was chosen before the figure changed stays behind', () => {
  const full: Draft = { ...draft, reason: 'other', words: ' 上周换的 ' }
  expect(submitInput(full, 'H', false)).toEqual({
    clientId: 'client-0123456789',
    householdId: 'H',
    value: '3056',
    words: '上周换的',
  })
  expect(submitInput(full, 'H', true)).toMatchObject({ reason: 'other' })
})
