import { testConfig } from '../../testing/config'
import type { PayableBill } from '../billing'
import type { PaymentBillRow } from './entities'
import { shareOut } from './share-out'

const config = testConfig({ engine: 'sqlite', file: 'unused', synchronous: 'NORMAL' })
const item = (billId: string, companyId: string, amountFen: number) =>
  ({ billId, companyId, amountFen }) as PaymentBillRow
const bill = (id: string, owedFen: number, state = 'open') => ({ id, owedFen, state }) as PayableBill

describe('shareOut', () => {
  test.each([
    [
      'all of it where the bill needs all',
      [bill('a', 100)],
      { keptFen: 100, returnedFen: 0, creditedFen: 0, state: 'paid' },
    ],
    [
      'what a lowered bill needs; the rest goes back',
      [bill('a', 80)],
      { keptFen: 80, returnedFen: 20, state: 'paid' },
    ],
    [
      'no more than was paid to a raised bill',
      [bill('a', 120)],
      { keptFen: 100, returnedFen: 0, state: 'paid' },
    ],
    [
      'nothing to a bill that is paid already',
      [bill('a', 0, 'paid')],
      { keptFen: 0, returnedFen: 100, state: 'refunding' },
    ],
    [
      'nothing to a cancelled bill',
      [bill('a', 100, 'cancelled')],
      { keptFen: 0, returnedFen: 100, state: 'refunding' },
    ],
    ['nothing to a bill that is gone', [], { keptFen: 0, returnedFen: 100, state: 'refunding' }],
  ])('gives %s', (_, bills, expected) => {
    expect(shareOut({ config }, { items: [item('a', 'heating', 100)], bills })).toMatchObject(expected)
  })

  test('each company’s own rule decides about its part, also where one merchant serves both', () => {
    const items = [item('a', 'heating', 100), item('b', 'power', 50)]
    expect(shareOut({ config }, { items, bills: [] })).toMatchObject({
      keptFen: 0,
      returnedFen: 100,
      creditedFen: 50,
      state: 'refunding',
    })
    expect(shareOut({ config }, { items: [item('b', 'power', 50)], bills: [] })).toMatchObject({
      creditedFen: 50,
      state: 'credited',
    })
  })

  test('no fen is made or lost, whatever the bills need', () => {
    for (let needs = 0; needs < 300; needs += 7) {
      const items = [item('a', 'heating', 100), item('b', 'power', 150)]
      const { keptFen, returnedFen, creditedFen } = shareOut(
        { config },
        { items, bills: [bill('a', needs), bill('b', 300 - needs)] },
      )
      expect(keptFen + returnedFen + creditedFen).toBe(250)
    }
  })
})
