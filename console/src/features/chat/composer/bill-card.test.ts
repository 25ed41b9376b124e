import { billCard } from './bill-card'

const bill = (billId: string, leftFen: number) => ({
  billId,
  title: '11月',
  leftFen,
  dueOn: null,
  state: 'open',
})

test('one open bill is sent as itself, several as what is owed in all', () => {
  expect(billCard({ id: 'h', owedFen: 100, bills: [bill('a', 0), bill('b', 100)] })).toEqual({
    type: 'pay',
    id: 'b',
  })
  expect(billCard({ id: 'h', owedFen: 300, bills: [bill('a', 200), bill('b', 100)] })).toEqual({
    type: 'owed',
    id: 'h',
  })
})
test('who owes nothing, or we do not know what, is sent no bill', () => {
  expect(billCard({ id: 'h', owedFen: 0, bills: [] })).toBeNull()
  expect(billCard({ id: 'h', owedFen: null, bills: [bill('a', 200)] })).toBeNull()
})
