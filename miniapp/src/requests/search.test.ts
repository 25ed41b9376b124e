import type { Catalogue, ServiceType } from '../api/types'
import { byClass, findTypes } from './search'

const type = (id: string, kind: ServiceType['class'], name: string, hint: string): ServiceType =>
  ({ id, class: kind, name, hint }) as unknown as ServiceType
const types = [
  type('bill', 'complaint', '收费投诉', '账单、违约金有问题'),
  type('low', 'repair', '室温不达标', '低于 18 ℃'),
  type('leak', 'repair', '漏水', '管道、暖气片漏水'),
  type('other', 'other', '其他', '不知道选哪个就选这个'),
]
const names = (text: string) => findTypes(types, text).map(({ id }) => id)

test('nothing asked shows everything', () => expect(names('  ')).toHaveLength(4))
test('the name comes before the line below it', () => expect(names('暖气')[0]).toBe('leak'))
test('what people call it finds what the company calls it', () => expect(names('家里不热')).toContain('low'))
test('English words find what Chinese names say', () => expect(names('my home is cold')).toContain('low'))
test('what nobody offers is not found', () => expect(names('宽带')).toEqual([]))
test('a class without leaves is not shown', () => {
  const classes = [
    { id: 'complaint', name: '投诉' },
    { id: 'repair', name: '故障报修' },
    { id: 'service', name: '服务申请' },
    { id: 'other', name: '其他诉求' },
  ]
  const catalogue = { classes } as Catalogue
  expect(byClass(catalogue, types).map(({ name }) => name)).toEqual(['投诉', '故障报修', '其他诉求'])
})
