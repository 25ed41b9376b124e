import {
  addHousehold,
  countsFromJson,
  countsToJson,
  householdsIn,
  medianOfOthers,
  type PeerCounts,
  roundedMilli,
} from './peer-counts'

const countsOf = (quantities: readonly number[]): PeerCounts => {
  const counts: PeerCounts = new Map()
  for (const milli of quantities) addHousehold(counts, milli)
  return counts
}

test('figures are rounded before they are kept, so that no household can be read out of them', () => {
  expect([12_345, 47_400, 123_456, 487_000, 1_234_567].map(roundedMilli)).toEqual([
    12_500, 47_000, 125_000, 485_000, 1_200_000,
  ])
})

test('the median is that of the others: one’s own household is taken out', () => {
  const others = Array.from({ length: 20 }, (_, index) => 100_000 + index * 5_000)
  const own = 500_000
  expect(medianOfOthers(countsOf([...others, own]), own, 20)).toEqual({ medianMilli: 145_000, others: 20 })
  // Whoever is not among them, such as an empty home, takes nobody out.
  expect(medianOfOthers(countsOf(others), 0, 20)).toEqual({ medianMilli: 145_000, others: 20 })
})

test('nineteen others are too few, and an empty home is nobody', () => {
  const nineteen = Array.from({ length: 19 }, () => 100_000)
  expect(medianOfOthers(countsOf([...nineteen, 100_000]), 100_000, 20)).toBeNull()
  expect(medianOfOthers(countsOf([...nineteen, 0, 0, 0]), null, 20)).toBeNull()
  expect(medianOfOthers(countsOf([...nineteen, 90_000]), null, 20)?.others).toBe(20)
})

test('counts come back from the database as they went in', () => {
  const counts = countsOf([1_000, 2_000, 2_000, 7_777_000])
  expect(countsFromJson(countsToJson(counts))).toEqual(counts)
  expect(householdsIn(counts)).toBe(4)
})
