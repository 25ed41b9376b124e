import { dayOf } from '../../kit/format'

export interface FilterWords {
  /** What each filter is called; one that is not here says nothing to a reader. */
  readonly names: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly class: Readonly<Record<string, string>>
  readonly due: Readonly<Record<string, string>>
  readonly company: (companyId: string) => string
}

/** The filters of a list's address, as somebody who is to approve it reads them: `公司：热力；状态：已受理`. */
export function filtersInWords(query: string, words: FilterWords): string {
  return [...new URLSearchParams(query)]
    .flatMap(([name, value]) => {
      const called = words.names[name]
      return called === undefined || value === '' ? [] : [`${called}：${valueInWords(name, value, words)}`]
    })
    .join('；')
}

function valueInWords(name: string, value: string, words: FilterWords): string {
  if (name === 'companyId') return words.company(value)
  if (name === 'states')
    return value
      .split(',')
      .map((one) => words.state[one] ?? one)
      .join('、')
  if (name === 'class') return words.class[value] ?? value
  if (name === 'due') return words.due[value] ?? value
  return name === 'from' || name === 'to' ? dayOf(Number(value)) : value
}
