import { payHere, payNow } from './paying'
import { payProductHere } from '../state/code-visit'

jest.mock('../platform/login', () => ({ login: { environment: 'browser' } }), { virtual: true })
jest.mock('../state/code-visit', () => ({ payProductHere: jest.fn() }))
const runsIn = (product: string | null, wallet: string | null): void =>
  void (payProductHere as jest.Mock).mockReturnValue({ product, wallet })

const bill = (id: number) => ({
  id: String(id),
  title: '',
  period: '2026-10',
  owedFen: id,
  dueOn: null,
})

test('a wallet that the company takes pays; another one is told which does', () => {
  runsIn('wechat-mini', 'wechat')
  expect(payHere({ may: { pay: ['wechat', 'alipay'], readMeter: false } })).toMatchObject({
    product: 'wechat-mini',
    other: null,
  })
  expect(payHere({ may: { pay: ['alipay'], readMeter: false } })).toMatchObject({
    product: null,
    wallet: 'wechat',
    other: 'alipay',
  })
  expect(payHere({ may: { pay: [], readMeter: false } })).toMatchObject({ product: null, other: null })
})

test('one order takes the twenty oldest bills, and says how many are left', () => {
  const bills = Array.from({ length: 23 }, (_, index) => bill(index + 1))
  expect(payNow({ bills })).toEqual({
    billIds: bills.slice(0, 20).map(({ id }) => id),
    totalFen: 210,
    left: 3,
  })
})
