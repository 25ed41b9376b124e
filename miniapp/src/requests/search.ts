import type { Catalogue, ServiceType } from '../api/types'

/** What people call it, beside what the catalogue does. Each word also finds the leaves that its partners find. */
const alike: readonly (readonly string[])[] = [
  ['不热', '不暖', '冷', '温', '暖气', 'cold', 'heat', 'radiator'],
  ['漏', '滴水', '渗', '跑水', '爆管', 'leak', 'burst'],
  ['停电', '没电', '跳闸', '断电', 'power cut', 'no power', 'blackout'],
  ['停气', '没气', '打不着', '点火', '灶', 'no gas', 'stove'],
  ['煤气', '燃气', '天然气', '气味', '臭味', 'gas', 'smell'],
  ['表', '读数', '抄表', '走字', 'meter', 'reading'],
  ['钱', '费', '账单', '贵', '收费', '发票', 'bill', 'fee', 'money', 'invoice'],
  ['态度', '投诉', '不满', '举报', 'complain', 'rude'],
  ['复电', '来电', '送电', '欠费', 'reconnect'],
  ['停用', '停供', '复热', '报停', 'stop supply', 'resume'],
]

const textOf = (type: ServiceType): string => `${type.name}${type.hint}`.toLowerCase()

/** The leaves that a few words find, best first: by name, by line, then by what people also call it. */
export function findTypes(types: readonly ServiceType[], text: string): ServiceType[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return [...types]
  const also = alike.filter((group) => group.some((word) => wanted.includes(word))).flat()
  const rank = (type: ServiceType): number => {
    if (type.name.toLowerCase().includes(wanted)) return 0
    if (textOf(type).includes(wanted)) return 1
    return also.some((word) => textOf(type).includes(word)) ? 2 : 3
  }
  return types
    .map((type) => ({ type, rank: rank(type) }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map((found) => found.type)
}

/** The classes in the catalogue's order, each with its leaves; empty classes are left out. */
export const byClass = (catalogue: Catalogue, types: readonly ServiceType[]) =>
  catalogue.classes
    .map(({ id, name }) => ({ id, name, types: types.filter((type) => type.class === id) }))
    .filter((group) => group.types.length > 0)
