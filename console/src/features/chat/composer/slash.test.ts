import { mentionedIn, mentionOf, slashOf, withMention } from './slash'

test('a slash at the beginning asks for ready answers, anywhere else it is a sign', () => {
  expect([slashOf('/'), slashOf('/缴费'), slashOf('／jf '), slashOf('11/20 前'), slashOf('/a\nb')]).toEqual([
    '',
    '缴费',
    'jf',
    null,
    null,
  ])
})
test('an @ asks for colleagues while their name is typed', () => {
  expect(mentionOf('请看 @王', 5)).toBe('王')
  expect(mentionOf('@', 1)).toBe('')
  expect(mentionOf('，@张', 3)).toBe('张')
  expect(mentionOf('a@b', 3)).toBeNull()
  expect(mentionOf('@王芳 在吗', 6)).toBeNull()
})
test('the chosen name takes the place of what was typed', () => {
  expect(withMention('请看 @王，谢谢', 5, '王芳')).toEqual({ text: '请看 @王芳 ，谢谢', caret: 7 })
})
test('only those are told whose whole name still stands in the text', () => {
  const people = [
    { id: '1', name: '王芳' },
    { id: '2', name: '王芳芳' },
    { id: '3', name: '李雷' },
  ]
  expect(mentionedIn('@王芳芳 看一下', people)).toEqual(['2'])
  expect(mentionedIn('＠王芳 @李雷', people)).toEqual(['1', '3'])
  expect(mentionedIn('王芳', people)).toEqual([])
})
