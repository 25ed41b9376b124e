import { z } from 'zod'

/** The part of JSON Schema that zod writes for inputs. */
interface Node {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly minimum?: number
  readonly minItems?: number
  readonly items?: Node
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Node[]
  readonly oneOf?: readonly Node[]
  readonly allOf?: readonly Node[]
}

/** Ids of things that somebody owns are ULIDs; their pattern in `core/http/shapes.ts` is what tells them. */
const ID_PATTERN = '^[0-9A-HJKMNP-TV-Z]{26}$'

/** Texts that a pattern asks for, by a text that each pattern is tried on. */
const TEXTS = [
  'client-0123456789abcdef',
  '13800138000',
  '000000',
  '0000',
  '00',
  '08:00',
  '2026-11-22',
  'heating',
  'a'.repeat(64),
  'a'.repeat(32),
  'ABCD0123',
  'tester',
  '002100009999',
  '0.01',
  '#1664D9',
]

/** Values that mean something, where any text or number of the right form would not do. */
const MEANT: Readonly<Record<string, unknown>> = {
  companyId: 'heating',
  month: '2026-11',
  typeId: 'cold',
  catalogueVersion: 1,
  // A catalogue has one of these at least.
  class: 'other',
  id: 'other',
  to: '10:00',
  typeIds: 'cold',
  latE6: 38_914_000,
  lngE6: 121_614_000,
  // In days to come, and after `validFrom`.
  reviewAt: 4_102_444_800_000,
  validUntil: 4_102_444_800_000,
  // Fewer ask for reasons.
  stars: 5,
  shownTotalFen: 363408,
  product: 'wechat-mini',
  accountNo: '002100009999',
  phone: '13800138000',
  words: '家里不热，孩子在发烧',
  name: '张玉兰',
  loginName: 'zhangyulan',
  url: 'http://portal.test/',
  email: 'tester@example.com',
}

function nodeOf(schema: z.ZodType): Node {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node
}

const alternativesOf = (node: Node): readonly Node[] => node.anyOf ?? node.oneOf ?? node.allOf ?? []

/** The names under which an input takes ids of things that belong to somebody, wherever in it they stand. */
export function idFieldsOf(schema: z.ZodType): string[] {
  const found = new Set<string>()
  const walk = (node: Node, name: string): void => {
    if (node.pattern === ID_PATTERN) found.add(name)
    for (const alternative of alternativesOf(node)) walk(alternative, name)
    if (node.items) walk(node.items, name)
    for (const [key, below] of Object.entries(node.properties ?? {})) walk(below, key)
  }
  walk(nodeOf(schema), '')
  return [...found]
}

/**
 * An input that the schema takes, with every required field and every id, also those that may be left out. `idFor` is
 * asked for the ids. Throws where the schema asks for something this cannot make up: teach it here.
 */
export function sampleInput(schema: z.ZodType, idFor: (field: string) => string): Record<string, unknown> {
  const input = sample(nodeOf(schema), '', idFor) as Record<string, unknown>
  const parsed = schema.safeParse(input)
  if (!parsed.success)
    throw new Error(`testing/sample-input.ts makes ${JSON.stringify(input)}: ${parsed.error.message}`)
  return input
}

function sample(node: Node, name: string, idFor: (field: string) => string): unknown {
  if (node.pattern === ID_PATTERN) return idFor(name)
  if (node.const !== undefined) return node.const
  if (node.enum) return node.enum.includes(MEANT[name]) ? MEANT[name] : node.enum[0]
  const type = typeof node.type === 'string' ? node.type : node.type?.find((one) => one !== 'null')
  const alternatives = alternativesOf(node).filter((one) => one.type !== 'null')
  const wanted = alternatives.find((one) => hasId(one)) ?? alternatives[0]
  if (wanted) return sample(wanted, name, idFor)
  if (type === 'object') return sampleObject(node, idFor)
  if (type === 'array')
    return Array.from({ length: Math.max(1, node.minItems ?? 0) }, () =>
      sample(node.items ?? {}, name, idFor),
    )
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number')
    return typeof MEANT[name] === 'number' ? MEANT[name] : Math.max(1, Math.min(node.minimum ?? 1, 1_000_000))
  return sampleText(node, name)
}

function sampleObject(node: Node, idFor: (field: string) => string): Record<string, unknown> {
  const fields = Object.entries(node.properties ?? {})
  const needed = fields.filter(([key, below]) => node.required?.includes(key) || hasId(below))
  return Object.fromEntries(needed.map(([key, below]) => [key, sample(below, key, idFor)]))
}

function hasId(node: Node): boolean {
  if (node.pattern === ID_PATTERN) return true
  if (node.items && hasId(node.items)) return true
  return alternativesOf(node).some(hasId) || Object.values(node.properties ?? {}).some(hasId)
}

function sampleText(node: Node, name: string): unknown {
  const { pattern, minLength = 0 } = node
  const meant = MEANT[name]
  const candidates = [...(typeof meant === 'string' ? [meant] : []), ...TEXTS]
  if (pattern !== undefined) {
    const fitting = candidates.find((text) => new RegExp(pattern, 'u').test(text))
    if (fitting === undefined)
      throw new Error(`testing/sample-input.ts knows no text for ${name}: ${pattern}`)
    return fitting
  }
  return typeof meant === 'string' && meant.length >= minLength ? meant : '测试内容'.padEnd(minLength, '字')
}
