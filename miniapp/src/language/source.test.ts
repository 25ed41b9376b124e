import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from '@swc/core'

const root = join(__dirname, '..')
/** Where Chinese stands outside the catalogues, and why. */
const mayHold: readonly (readonly [RegExp, string])[] = [
  [/\.config\.ts$/, 'wallets read titles from here before any script runs; pages give their own at once'],
  [/^requests\/search\.ts$/, 'words that are looked for in what the server says'],
  [/^state\/waits\.ts$/, 'a catalogue of its own, with waits-words.en.ts beside it'],
  [/^field\/written\.ts$/, 'what residents and colleagues read of a field worker'],
]
const sources = readdirSync(root, { recursive: true })
  .map(String)
  .filter((path) => /\.tsx?$/.test(path) && !/\.d\.ts$|\.test\.ts$|words[a-z-]*(\.en)?\.ts$/.test(path))

type Node = Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

/** All nodes of a program; `enter` says which are looked into. */
function* nodesOf(node: unknown, enter: (node: Node) => boolean): Generator<Node> {
  if (Array.isArray(node)) for (const each of node) yield* nodesOf(each, enter)
  else if (isNode(node)) {
    yield node
    if (enter(node)) for (const value of Object.values(node)) yield* nodesOf(value, enter)
  }
}

const programs = sources.map((path) => {
  const text = readFileSync(join(root, path), 'utf8')
  return { path, program: parseSync(text, { syntax: 'typescript', tsx: path.endsWith('.tsx') }) }
})

/** The text of a literal; empty for everything else. Comments are no nodes. */
function textOf(node: Node): string {
  if (node['type'] === 'StringLiteral' || node['type'] === 'JSXText') return String(node['value'])
  return node['type'] === 'TemplateElement' ? String(node['raw']) : ''
}

test('no Chinese stands in a page or a module: every word is in a catalogue', () => {
  const found = programs
    .filter(({ path }) => !mayHold.some(([pattern]) => pattern.test(path)))
    .flatMap(({ path, program }) =>
      [...nodesOf(program.body, () => true)]
        .map(textOf)
        .filter((text) => /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/.test(text))
        .map((text) => `${path}: ${text}`),
    )
  expect(programs.length).toBeGreaterThan(200)
  expect(found).toEqual([])
})

/** Functions run later; everything else runs while the module loads, before a language was chosen. */
const runsNow = ({ type }: Node): boolean =>
  !/^(Arrow)?Function|^ClassMethod$|^MethodProperty$|^PrivateMethod$|^Ts/.test(String(type))

test('no word is read while a module loads, or it would stay in the language of that moment', () => {
  const isWord = (node: Node): boolean =>
    node['type'] === 'MemberExpression' &&
    isNode(node['object']) &&
    ['said', 'words', 'written'].includes(String(node['object']['value']))
  const found = programs
    .filter(({ program }) => [...nodesOf(program.body, runsNow)].some(isWord))
    .map(({ path }) => path)
  expect(found).toEqual([])
})
