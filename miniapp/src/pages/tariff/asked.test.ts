import { askedOf, type Calculator, emptyForm, isFaulty, sizesOf, sliderAt } from './asked'

const monthly: Calculator = {
  by: 'tiers',
  every: 'month',
  months: true,
  peopleAbove: null,
  other: false,
  stopped: false,
  sliderMax: 200,
}
const filled = {
  quantity: '25',
  usedBefore: '390',
  months: 2,
  people: 5,
  customer: 'other',
  stopped: true,
} as const

test('a list is asked only for what it wants to know', () => {
  expect(askedOf('gas', monthly, { ...emptyForm, quantity: '25' })).toEqual({
    companyId: 'gas',
    quantity: '25',
  })
  expect(askedOf('gas', monthly, filled)).toEqual({ companyId: 'gas', quantity: '25', months: 2 })
  expect(askedOf('gas', { ...monthly, every: 'year', months: false, peopleAbove: 4 }, filled)).toEqual({
    companyId: 'gas',
    quantity: '25',
    usedBefore: '390',
    people: 5,
  })
  const area: Calculator = { ...monthly, by: 'area', every: null, months: false, other: true, stopped: true }
  expect(askedOf('heating', area, filled)).toEqual({
    companyId: 'heating',
    quantity: '25',
    customer: 'other',
    stopped: 'yes',
  })
})

test.each(['', '.', '-1', '1e3', '1.234', '1234567', 'abc'])('“%s” is not asked', (quantity) => {
  expect(askedOf('gas', monthly, { ...emptyForm, quantity })).toBeNull()
})

test('nothing typed is no fault, nor is a number on its way', () => {
  expect(['', '25', '25.', '25.5', '0'].map(isFaulty)).toEqual([false, false, false, false, false])
  expect(['2x', '1.234', '-1'].map(isFaulty)).toEqual([true, true, true])
  expect(askedOf('gas', monthly, { ...emptyForm, quantity: '25.' })).toMatchObject({ quantity: '25' })
})

test('a fault in the year’s use is not passed on', () => {
  const yearly = { ...monthly, every: 'year' as const }
  expect(askedOf('gas', yearly, { ...emptyForm, quantity: '25', usedBefore: 'x' })).toBeNull()
  expect(askedOf('gas', yearly, { ...emptyForm, quantity: '25' })).toEqual({
    companyId: 'gas',
    quantity: '25',
  })
})

test('the slider stands at whole units within its length', () => {
  expect([sliderAt('', 200), sliderAt('25.9', 200), sliderAt('900', 200)]).toEqual([0, 25, 200])
  expect(sizesOf(4)).toEqual([4, 5, 6, 7])
})
