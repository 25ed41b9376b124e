import { filterFrom, withFilter } from './filter'

test('the address says what is looked for; half a number or day is left out', () => {
  expect(filterFrom(new URLSearchParams(''))).toEqual({ tab: 'trouble' })
  expect(filterFrom(new URLSearchParams('tab=issued&from=2026-11-01&to=2026-1&companyId=gas'))).toEqual({
    tab: 'issued',
    from: '2026-11-01',
    companyId: 'gas',
  })
  expect(filterFrom(new URLSearchParams('tab=issued&invoiceNo=2621'))).toEqual({ tab: 'issued' })
  const invoiceNo = '26214000000000000001'
  expect(filterFrom(new URLSearchParams({ tab: 'issued', invoiceNo }))).toEqual({ tab: 'all', invoiceNo })
})

test('another filter begins at the first page, and an empty one leaves the address', () => {
  const params = new URLSearchParams('tab=all&cursor=x&trail=y&companyId=gas')
  expect(withFilter(params, { companyId: '', from: '2026-11-01' }).toString()).toBe('tab=all&from=2026-11-01')
})
