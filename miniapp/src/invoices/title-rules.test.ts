import { cleanTaxNo, emptyDraft, faultOf, isEmail, titleOf } from './title-rules'

const company = {
  ...emptyDraft,
  kind: 'company',
  name: ' 示范物业 ',
  taxNo: '91350100 m000100y43',
  bank: ' ',
} as const

test('a person needs a name, a company a number too; blanks and small letters are mended', () => {
  expect(faultOf(emptyDraft)).toBe('name')
  expect(faultOf({ ...emptyDraft, name: '张玉' })).toBeNull()
  expect(faultOf({ ...company, taxNo: '9135' })).toBe('taxNo')
  expect(faultOf(company)).toBeNull()
  expect(cleanTaxNo(' 91350100 m000100y43 ')).toBe('91350100M000100Y43')
})

test('only what was filled in is sent, and of a person the name alone', () => {
  expect(titleOf(company)).toEqual({ kind: 'company', name: '示范物业', taxNo: '91350100M000100Y43' })
  expect(titleOf({ ...company, phone: '0411-96123' })).toMatchObject({ phone: '0411-96123' })
  expect(titleOf({ ...company, kind: 'person' })).toEqual({ kind: 'person', name: '示范物业' })
})

test('an address of mail', () => {
  expect(['a@b.cn', 'x.y@mail.example.com'].every(isEmail)).toBe(true)
  expect(['a@b', 'a b@c.cn', '@c.cn', 'a@c.cn,b@c.cn', ''].some(isEmail)).toBe(false)
})
