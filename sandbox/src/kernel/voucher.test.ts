import { testKernel } from './testing'
import { pushVoucher } from './voucher'

test('the payer, and nobody else, finds the wallet’s own voucher with the sum in yuan', () => {
  const kernel = testKernel()
  const [payer, other] = kernel.people.list()
  pushVoucher(kernel, {
    phone: 'wechat',
    personId: payer?.id ?? '',
    payee: '开热公司',
    subject: '供热 2026-2027',
    totalFen: 363408,
  })
  expect(kernel.inbox.list(payer?.id, 'wechat')).toMatchObject([
    {
      kind: 'voucher',
      title: '微信支付凭证',
      fields: [{ value: '¥3634.08' }, { value: '开热公司' }, { value: '供热 2026-2027' }],
    },
  ])
  expect(kernel.inbox.list(payer?.id, 'alipay')).toEqual([])
  expect(kernel.inbox.list(other?.id)).toEqual([])
})
