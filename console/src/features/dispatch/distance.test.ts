import { distanceWords } from './distance'
import { dispatchWords } from './words'

test.each([
  [null, '距离未知'],
  [3, '约 10 米'],
  [644, '约 640 米'],
  [1234, '约 1.2 公里'],
])('%s metres read %s', (metres, text) => {
  expect(distanceWords(metres, dispatchWords.zh)).toBe(text)
})
