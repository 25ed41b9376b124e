import { fill, unknownVariable } from './fill'

test('variables are filled in, and one without a value is seen', () => {
  expect(fill('{{编号}}，{{ 师傅 }}，{{别的}}', { 编号: 'BX1', 师傅: '孙师傅' })).toBe(
    'BX1，孙师傅，{{别的}}',
  )
})
test('the first unknown variable is named before the server refuses it', () => {
  expect(unknownVariable('您好 {{姓名}}', ['编号'])).toBe('姓名')
  expect(unknownVariable('您好 {{编号}}', ['编号'])).toBeNull()
})
