import { fromScaled, productToFen, toScaled } from '../../core/decimal'
import { correctBill, type Pricing } from './correct-bill'

/** 3.41 up to 50, 3.92 up to 110, 5.12 above: worked by hand in the table below. */
const price: Pricing = (used) => {
  const units = toScaled(used) ?? 0n
  let from = 0n
  const lines = (
    [
      ['3.41', '50'],
      ['3.92', '110'],
      ['5.12', '99999'],
    ] as const
  ).map(([yuan, upTo], index) => {
    const end = toScaled(upTo) ?? 0n
    const quantity = (units < end ? units : end) - from
    from = end
    const counted = quantity < 0n ? 0n : quantity
    const amountFen = productToFen(counted * (toScaled(yuan) ?? 0n))
    return { label: `第${index + 1}档`, quantity: fromScaled(counted), price: yuan, amountFen }
  })
  return { totalFen: lines.reduce((sum, { amountFen }) => sum + amountFen, 0), lines }
}
/** 30 m³ guessed, at 3.5 yuan without tiers. */
const bill = { previous: '3036', current: '3066', multiplier: null, feeFen: 10_500 }
const once = { rolledOver: false, integerDigits: 5 }

test.each([
  ['less than guessed comes back', '3056', '20', 6820, -3680],
  ['as much as guessed costs less by the tiers', '3066', '30', 10_230, -270],
  ['the second tier', '3096', '60', 17_050 + 3920, 10_470],
  ['the edge of the first tier', '3086', '50', 17_050, 6550],
  ['all three tiers', '3156', '120', 17_050 + 23_520 + 5120, 35_190],
  ['nothing used', '3036', '0', 0, -10_500],
  ['decimals are left off, as bills count whole units', '3056.999', '20', 6820, -3680],
])('%s', (_what, value, used, feeFen, differenceFen) => {
  expect(correctBill(bill, value, price, once)).toMatchObject({
    used,
    feeFen,
    differenceFen,
    estimatedUsed: '30',
  })
})

test('a counter that went round is counted on', () => {
  const late = { ...bill, previous: '99990', current: '99995', feeFen: 1750 }
  expect(correctBill(late, '00010', price, { rolledOver: true, integerDigits: 5 })).toMatchObject({
    used: '20',
  })
  expect(correctBill(late, '00010', price, once)).toBeNull()
})

test('a multiplier counts, and without prices no amount is said', () => {
  expect(correctBill({ ...bill, multiplier: '2' }, '3056', price, once)).toMatchObject({
    used: '40',
    estimatedUsed: '60',
  })
  expect(correctBill(bill, '3056', () => null, once)).toMatchObject({
    used: '20',
    feeFen: null,
    differenceFen: null,
    lines: [],
  })
})

test('a reading from before the bill began corrects nothing', () => {
  expect(correctBill(bill, '3035', price, once)).toBeNull()
})
