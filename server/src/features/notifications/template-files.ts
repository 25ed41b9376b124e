import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import { projectRoot } from '../../core/config/load'
import { fieldFault } from '../../platforms'
import { fillFields, fillVariables, variablesOf } from './fill-template'
import { type Template, templateShape } from './template-shape'

export interface TemplateFiles {
  readonly templates: ReadonlyMap<string, Template>
  /** Each with file and line, such as `templates/x.yaml:12: thing1 would be cut …`. */
  readonly faults: readonly string[]
}

/** Which types of a platform's field may hold what a value is said to be. */
const HOLDS: Readonly<Record<string, readonly Template['says'][number]['as'][]>> = {
  time: ['time'],
  date: ['time'],
  amount: ['amount'],
  phrase: ['phrase'],
  character_string: ['code', 'number', 'phone'],
  number: ['number'],
  phone_number: ['phone'],
}

/** Every message we can send, read from `templates/`, with everything that is wrong with the files. */
export function readTemplateFiles(folder = join(projectRoot(), 'templates')): TemplateFiles {
  const templates = new Map<string, Template>()
  const faults: string[] = []
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    const read = readOne(readFileSync(join(folder, file), 'utf8'))
    faults.push(...read.faults.map(({ line, message }) => `templates/${file}:${line}: ${message}`))
    if (read.template) templates.set(file.slice(0, -'.yaml'.length), read.template)
  }
  return { templates, faults }
}

type Path = readonly (string | number)[]
interface Fault {
  readonly line: number
  readonly message: string
}

function readOne(text: string): { template: Template | null; faults: Fault[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const at = (path: Path): number => lineOf(document, lines, path)
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ message, linePos }) => ({
      line: linePos?.[0].line ?? 1,
      message: message.split('\n')[0] ?? message,
    }))
    return { template: null, faults }
  }
  const parsed = templateShape.safeParse(document.toJS())
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => {
      const path = issue.path.filter((part) => typeof part !== 'symbol')
      return { line: at(path), message: `${path.join('.') || '(whole)'}: ${issue.message}` }
    })
    return { template: null, faults }
  }
  const faults = rulesOf(parsed.data).map(({ path, message }) => ({ line: at(path), message }))
  return { template: parsed.data, faults }
}

/** The line of the deepest part of the path that the file has. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

interface Broken {
  readonly path: Path
  readonly message: string
}

function rulesOf(template: Template): Broken[] {
  const said = new Map(template.says.map((entry) => [entry.from, entry]))
  const missing = template.says.flatMap(({ from }, index): Broken[] =>
    template.example[from] === undefined
      ? [{ path: ['says', index], message: `the example has no value for ${from}` }]
      : [],
  )
  const unused = Object.keys(template.example).flatMap((name): Broken[] =>
    said.has(name) ? [] : [{ path: ['example', name], message: `${name} is said nowhere` }],
  )
  return [
    ...missing,
    ...unused,
    ...twice(template),
    ...template.channels.flatMap((channel, index) => [
      ...fieldRules(template, channel, index),
      ...textRules(template, channel, index),
    ]),
  ]
}

function twice(template: Template): Broken[] {
  const names = template.channels.map(({ name }) => name)
  return names.flatMap((name, index): Broken[] =>
    names.indexOf(name) === index
      ? []
      : [{ path: ['channels', index], message: `${name} stands twice in the fallback order` }],
  )
}

function fieldRules(template: Template, channel: Template['channels'][number], index: number): Broken[] {
  const fields = channel.fields ?? {}
  const values = fillFields(template, fields, template.example)
  return Object.entries(fields).flatMap(([key, from]): Broken[] => {
    const path = ['channels', index, 'fields', key]
    const fixed = from.startsWith('=')
    const entry = template.says.find((one) => one.from === from)
    if (!fixed && !entry) return [{ path, message: `${key} takes ${from}, which the message does not say` }]
    const held = HOLDS[key.replace(/\d+$/, '')]
    if (entry && held && !held.includes(entry.as))
      return [{ path, message: `${key} cannot hold ${from}, which is said as ${entry.as}` }]
    const fault = fieldFault(channel.name, key, values[key] ?? '')
    const others = entry?.otherwise === undefined ? null : fieldFault(channel.name, key, entry.otherwise)
    return [fault, others].flatMap((message) => (message === null ? [] : [{ path, message }]))
  })
}

function textRules(template: Template, channel: Template['channels'][number], index: number): Broken[] {
  if (channel.text === undefined) return []
  const path = ['channels', index, 'text']
  const unknown = variablesOf(channel.text).filter((name) => !template.says.some(({ from }) => from === name))
  if (unknown.length > 0)
    return [{ path, message: `${unknown.join(', ')} in the text, which the message does not say` }]
  if (channel.name !== 'sms') return []
  const values = fillVariables(template, channel.text, template.example)
  return Object.keys(values).flatMap((name): Broken[] => {
    const fault = fieldFault('sms', name, template.example[name] ?? '')
    return fault === null ? [] : [{ path, message: fault }]
  })
}

/** Everything that is wrong with the files, for `npm run check` and for the start. */
export function templateFaults(folder?: string): readonly string[] {
  return readTemplateFiles(folder).faults
}
