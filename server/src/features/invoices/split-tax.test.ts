import { isCreditCode, isTaxNo } from './credit-code'
import { splitTax } from './split-tax'

test('net and tax of the demo’s bills', () => {
  expect(splitTax(363408, 9)).toEqual({ netFen: 333402, taxFen: 30006 })
  expect(splitTax(34140, 13)).toEqual({ netFen: 30212, taxFen: 3928 })
  expect(splitTax(363408, null)).toEqual({ netFen: 363408, taxFen: 0 })
  expect(splitTax(1, 13)).toEqual({ netFen: 1, taxFen: 0 })
})

test('for any sum and any rate net and tax are the total to the fen, and the tax is the nearest there is', () => {
  // mulberry32 from a fixed seed, so that a failure can be repeated.
  let inner = 20_261_122
  const random = (): number => {
    inner = (inner + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(inner ^ (inner >>> 15), inner | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  for (let turn = 0; turn < 50_000; turn++) {
    const totalFen = 1 + Math.floor(random() ** 3 * 1_000_000_000_00)
    for (const rate of [1, 3, 5, 6, 9, 13]) {
      const { netFen, taxFen } = splitTax(totalFen, rate)
      const isExact =
        Number.isSafeInteger(taxFen) && netFen + taxFen === totalFen && taxFen >= 0 && netFen > 0
      // |tax × (100 + rate) − total × rate| is at most half a fen of it, in whole numbers.
      const isNearest = Math.abs(2 * (taxFen * (100 + rate) - totalFen * rate)) <= 100 + rate
      // The tax platform compares net × rate with the tax and allows 0.06 yuan.
      const isTaken = Math.abs(netFen * rate - taxFen * 100) <= 600
      if (!isExact || !isNearest || !isTaken) throw new Error(`${totalFen} at ${rate}: ${netFen} + ${taxFen}`)
    }
  }
  expect(splitTax(1_000_000_000_00, 13)).toEqual({ netFen: 88_495_575_221, taxFen: 11_504_424_779 })
})

test('the check character of a credit code tells every wrong letter and every two that changed places', () => {
  const good = '91350100M000100Y43'
  expect(isCreditCode(good)).toBe(true)
  const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const places = [...good].map((_, place) => place)
  const wrong = places.flatMap((place) =>
    [...letters].map((letter) => good.slice(0, place) + letter + good.slice(place + 1)),
  )
  const swapped = places
    .slice(0, 16)
    .map(
      (place) => good.slice(0, place) + good.charAt(place + 1) + good.charAt(place) + good.slice(place + 2),
    )
  const others = [...wrong, ...swapped].filter((text) => text !== good)
  expect(others.length).toBeGreaterThan(500)
  expect(others.filter(isCreditCode)).toEqual([])
  for (const other of ['91350100MO00100Y43', '91350100m000100y43', '91350100M000100Y4', ''])
    expect(isTaxNo(other)).toBe(false)
  expect([isTaxNo('110108123456789'), isTaxNo('11010819900101001201')]).toEqual([true, true])
})
