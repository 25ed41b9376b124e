import {
  cleanAccountNo,
  cleanDay,
  cleanMobile,
  cleanMonth,
  cleanNumber,
  cleanSeason,
  cleanText,
  unguard,
} from './clean'

test.each([
  ['3616.00', '3616.00'],
  ['  3616.00 ', '3616.00'],
  ['\u30003616.00\u00a0', '3616.00'],
  ['３６１６．００', '3616.00'],
  ['3,616.00', '3616.00'],
  ['１，２３４，５６７．８９', '1234567.89'],
  ['¥3616.00', '3616.00'],
  ['￥3,616', '3616'],
  ['¥ 18.08', '18.08'],
  ['-1726.25', '-1726.25'],
  ['−1726.25', '-1726.25'],
  ['-¥5', '-5'],
  ['¥-5', '-5'],
  ["'-1726.25", '-1726.25'],
  ['0', '0'],
])('a number written as %j is read as %s', (text, value) => {
  expect(cleanNumber(text)).toBe(value)
})

test.each([
  '',
  '   ',
  'N/A',
  '2.10E+11',
  '12,34',
  '1,2345',
  '1.2.3',
  '--5',
  '-¥-5',
  '5元',
  '五',
  '.',
  '5.',
  '0x10',
  '1 000',
])('what is no plain decimal number, such as %j, is not guessed at', (text) => {
  expect(cleanNumber(text)).toBeNull()
})

test.each([
  ['2026-10-05', '2026-10-05'],
  ['2026/10/5', '2026-10-05'],
  ['20261005', '2026-10-05'],
  ['2026年10月5日', '2026-10-05'],
  ['２０２６年１０月５日', '2026-10-05'],
  [' 2026-10-05 ', '2026-10-05'],
  ['2026-10-05 00:00:00', '2026-10-05'],
  ['46351', '2026-11-25'],
  ['46326', '2026-10-31'],
  ['46351.5', '2026-11-25'],
  ['2028-02-29', '2028-02-29'],
])('a date written as %j is read as %s', (text, day) => {
  expect(cleanDay(text)).toBe(day)
})

test.each([
  '',
  '2026年13月5日',
  '2026-02-29',
  '2026-00-10',
  '2026-10-32',
  '20261301',
  '1',
  '99999',
  '10/5/2026',
  '明天',
])('a day that does not exist, such as %j, is no date', (text) => {
  expect(cleanDay(text)).toBeNull()
})

test.each([
  ['2026-10', '2026-10'],
  ['2026/10', '2026-10'],
  ['202610', '2026-10'],
  ['2026年10月', '2026-10'],
  ['２０２６－１０', '2026-10'],
  ['46296', '2026-10'],
])('a billing month written as %j is read as %s', (text, month) => {
  expect(cleanMonth(text)).toBe(month)
})

test.each(['', '2026-13', '2026', '10月'])('a billing month such as %j is missing', (text) => {
  expect(cleanMonth(text)).toBeNull()
})

test.each([
  ['2026-2027', '2026-2027'],
  [' 2026/2027 ', '2026-2027'],
  ['２０２６—２０２７', '2026-2027'],
  ['2026-2027采暖季', '2026-2027'],
])('a season written as %j is read as %s', (text, season) => {
  expect(cleanSeason(text)).toBe(season)
})

test.each(['', '2026', '2026-2028', '2027-2026', '2026-10'])('a season such as %j is missing', (text) => {
  expect(cleanSeason(text)).toBeNull()
})

test.each([
  ['13812345678', '13812345678'],
  ['138 1234 5678', '13812345678'],
  ['+86 138-1234-5678', '13812345678'],
  ['１３８１２３４５６７８', '13812345678'],
  ["'13812345678", '13812345678'],
])('a mobile number written as %j is read as %s', (text, mobile) => {
  expect(cleanMobile(text)).toBe(mobile)
})

test.each(['', '179998108', '0755-18457777', '12812345678', '138123456789'])(
  '%j is no mobile number',
  (text) => {
    expect(cleanMobile(text)).toBeNull()
  },
)

test('an account number keeps its zeros, gets back those a spreadsheet ate, and is refused at another length', () => {
  expect(cleanAccountNo(' ００２１00007002 ', 12, false)).toEqual({ accountNo: '002100007002' })
  expect(cleanAccountNo("'002100007002", 12, false)).toEqual({ accountNo: '002100007002' })
  expect(cleanAccountNo('14300008', 10, true)).toEqual({ accountNo: '0014300008' })
  expect(cleanAccountNo('14300008', 10, false)).toEqual({ reason: 'account_no_invalid' })
  expect(cleanAccountNo('00143000081', 10, true)).toEqual({ reason: 'account_no_invalid' })
  expect(cleanAccountNo('2.10E+11', 12, true)).toEqual({ reason: 'account_no_invalid' })
  expect(cleanAccountNo('  ', 12, true)).toEqual({ reason: 'account_no_missing' })
})

test('names keep letters outside the basic plane and lose only the apostrophe that we put there', () => {
  expect(cleanText(' 𠮷田静 ')).toBe('𠮷田静')
  expect(cleanText('\'=HYPERLINK("http://x","点我")')).toBe('=HYPERLINK("http://x","点我")')
  expect(unguard("'tHooft")).toBe("'tHooft")
})
