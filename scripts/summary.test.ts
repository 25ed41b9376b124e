import { judge, readSummary, total } from './summary'

const JEST = `Test Suites: 1 failed, 12 passed, 13 total
Tests:       2 failed, 1 skipped, 140 passed, 143 total
Snapshots:   0 total
Time:        12.3 s
Ran all test suites.`

test('the last line of our own runners is read', () => {
  expect(readSummary('noise\n3 passed, 9 failed\nmore\n17 passed, 2 failed\n')).toEqual({
    passed: 17,
    failed: 2,
  })
})

test('a summary in the middle of the output is not a summary', () => {
  expect(readSummary('17 passed, 0 failed\nError: the browser has gone\n')).toBeNull()
})

test('jest is read, with or without colours', () => {
  expect(readSummary(JEST)).toEqual({ passed: 140, failed: 2 })
  expect(
    readSummary('\u001b[1mTests:       \u001b[22m\u001b[1m\u001b[32m5 passed\u001b[39m\u001b[22m, 5 total'),
  ).toEqual({
    passed: 5,
    failed: 0,
  })
})

test('a jest suite that could not be loaded is a failure', () => {
  const output = 'Test Suites: 1 failed, 2 passed, 3 total\nTests:       8 passed, 8 total\n'
  expect(readSummary(output)).toEqual({ passed: 8, failed: 1 })
})

test('a child that dies, or ends badly without a failure, counts as failed', () => {
  expect(judge('starting …\n', 0)).toEqual({ passed: 0, failed: 1 })
  expect(judge('4 passed, 0 failed\n', 1)).toEqual({ passed: 4, failed: 1 })
  expect(judge('4 passed, 0 failed\n', 0)).toEqual({ passed: 4, failed: 0 })
})

test('parts add up', () => {
  expect(
    total([
      { passed: 1, failed: 0 },
      { passed: 5, failed: 2 },
    ]),
  ).toEqual({ passed: 6, failed: 2 })
})

test('a benchmark is one test, by its exit code', () => {
  const line = 'measuring …\n{"name":"size","ratio":0.7}\n'
  expect(judge(line, 0)).toEqual({ passed: 1, failed: 0 })
  expect(judge(line, 1)).toEqual({ passed: 0, failed: 1 })
})
