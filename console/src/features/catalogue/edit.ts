import type { CatalogueBody, ServiceType } from '../../api/types'

/** A type that can be saved as it is; the code is its name for ever, so it is made once. */
export function newType(types: readonly ServiceType[], name: string): ServiceType {
  let number = types.length + 1
  while (types.some(({ id }) => id === `type-${number}`)) number++
  return {
    id: `type-${number}`,
    class: 'service',
    name,
    hint: name,
    questions: [],
    household: 'optional',
    photo: 'optional',
    place: 'none',
    appointment: 'none',
    anonymous: false,
    noSupply: false,
    explainedByOutage: false,
    stopper: null,
    priority: 3,
    clocks: [],
    receivers: [],
    skill: null,
    evidence: [],
    checklist: [],
    reasonsUnderFour: ['来得太晚', '没修好', '态度不好', '收费不清', '没有说明'],
  }
}

export const withType = (body: CatalogueBody, next: ServiceType): CatalogueBody => ({
  ...body,
  types: body.types.map((type) => (type.id === next.id ? next : type)),
})

export function movedType(body: CatalogueBody, id: string, by: 1 | -1): CatalogueBody {
  const types = [...body.types]
  const from = types.findIndex((type) => type.id === id)
  const to = from + by
  const [one, other] = [types[from], types[to]]
  if (one === undefined || other === undefined) return body
  types[from] = other
  types[to] = one
  return { ...body, types }
}

/** Forms leave holes where nothing was typed; the server wants fields that are there or not there. */
export function withoutHoles<T>(value: T): T {
  if (Array.isArray(value))
    return value.filter((one) => one !== undefined && one !== null).map(withoutHoles) as T
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined && one !== '')
    .map(([key, one]) => [key, withoutHoles(one)] as const)
    // Minutes that were cleared are null in the form, and absent in the catalogue.
    .filter(([key, one]) => !(one === null && ['city', 'rural', 'remote'].includes(key)))
    .filter(([key, one]) => !(isEmptyObject(one) && ['1', '2', 'atPriority'].includes(key)))
  return Object.fromEntries(entries) as T
}

const isEmptyObject = (value: unknown): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0

/** Lines of a text field as a list. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
