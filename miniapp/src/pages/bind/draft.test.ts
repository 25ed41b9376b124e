import { emptyDraft, faultsOf } from './draft'

test('a number of another length than the company’s is named as such', () =>
  expect(faultsOf({ ...emptyDraft, accountNo: '123', tail: '1234' }, '', 10)).toEqual({
    accountNo: '户号应是 10 位数字，请核对',
    proof: null,
  }))
test('a scanned code stands for the number', () =>
  expect(faultsOf({ ...emptyDraft, tail: '1234' }, '', null)).toEqual({ accountNo: null, proof: null }))
test('the proof that was chosen is the one that is checked', () => {
  const draft = { ...emptyDraft, accountNo: '1234567890', tail: '1234' }
  expect(faultsOf({ ...draft, proofKind: 'sms-code' }, '12', 10).proof).toBe('请填写 6 位数字验证码')
  expect(faultsOf({ ...draft, proofKind: 'sms-code' }, '123456', 10).proof).toBeNull()
  expect(faultsOf({ ...draft, tail: '12' }, '', 10).proof).toBe('请填写手机号后四位')
})
