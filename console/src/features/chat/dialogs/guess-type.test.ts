import { guessType } from './guess-type'

const types = [
  { id: 'not-hot', name: '暖气不热', hint: '室温不到18度' },
  { id: 'leak', name: '漏水', hint: '管道、阀门、暖气片漏水' },
  { id: 'bill', name: '账单有疑问', hint: '金额不对、多收了' },
]

test('the topic decides where it is a type', () => {
  expect(guessType(types, 'leak', '暖气不热')).toBe('leak')
})
test('else the words of the resident do', () => {
  expect(guessType(types, null, '我家暖气不热，室温才15度')).toBe('not-hot')
  expect(guessType(types, 'heating', '阀门漏水了')).toBe('leak')
})
test('nothing is guessed where nothing fits, or two fit alike', () => {
  expect(guessType(types, null, '你好')).toBeNull()
  expect(guessType(types, null, '')).toBeNull()
  expect(
    guessType([...types, { id: 'cold', name: '暖气不热', hint: '室温不到18度' }], null, '暖气不热'),
  ).toBeNull()
})
