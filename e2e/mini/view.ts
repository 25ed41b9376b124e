import vm from 'node:vm'
import { parseDocument } from 'htmlparser2'
import { type Bundle, resolvePath } from './bundle'
import { type PlatformRules, platformRules } from './platform-rules'

/** One element of the rendered page. */
export interface ViewElement {
  readonly kind: 'element'
  readonly tag: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly children: readonly ViewNode[]
  parent: ViewElement | null
}
export interface ViewText {
  readonly kind: 'text'
  readonly text: string
  parent: ViewElement | null
}
export type ViewNode = ViewElement | ViewText

/** A node of a template file as the parser gives it. */
type Markup = ReturnType<typeof parseDocument>['children'][number]
type Tag = Extract<Markup, { attribs: object }>
type Scope = Readonly<Record<string, unknown>>

interface Template {
  readonly tag: Tag
  readonly file: TemplateFile
}
interface TemplateFile {
  readonly path: string
  nodes: Markup[]
  /** Templates declared here; `known` has those of imported files as well. */
  readonly own: Map<string, Template>
  readonly known: Map<string, Template>
  readonly scripts: Record<string, unknown>
}
interface Place {
  readonly file: TemplateFile
  readonly using: Readonly<Record<string, string>>
  /** The file that `using` is relative to. */
  readonly base: string
}

const isTag = (node: Markup): node is Tag => 'attribs' in node
const BUILT_INS: Scope = { Math, JSON, undefined, NaN, Infinity }
/** A template sees its data as plain names; a name that is not there is undefined, never an error. */
const namesOf = (scope: Scope): object =>
  new Proxy(scope, {
    has: () => true,
    get: (data, name) =>
      typeof name === 'string' ? (name in data ? data[name] : BUILT_INS[name]) : undefined,
  })

/** Evaluates the compiled templates over a page's data, as the view layer of the wallet does. */
export class View {
  private readonly rules: PlatformRules
  private readonly files = new Map<string, TemplateFile>()
  private readonly compiled = new Map<string, (scope: object) => unknown>()

  constructor(
    private readonly bundle: Bundle,
    private readonly fault: (words: string) => void,
  ) {
    this.rules = platformRules[bundle.platform]
  }

  render(page: string, data: Scope): ViewElement {
    const file = this.file(page + this.rules.template)
    const json = this.bundle.json<{ usingComponents?: Record<string, string> }>(`${page}.json`)
    const place = { file, using: { ...this.bundle.app.usingComponents, ...json.usingComponents }, base: page }
    const children = this.many(file.nodes, { ...file.scripts, ...data }, place)
    return adopt({ kind: 'element', tag: 'page', attributes: {}, children, parent: null })
  }

  private file(path: string): TemplateFile {
    const known = this.files.get(path)
    if (known) return known
    const document = parseDocument(this.bundle.read(path), { xmlMode: true, decodeEntities: false })
    const file: TemplateFile = {
      path,
      nodes: document.children,
      own: new Map(),
      known: new Map(),
      scripts: {},
    }
    this.files.set(path, file)
    this.declare(file, file.nodes)
    for (const [name, template] of file.own) file.known.set(name, template)
    return file
  }

  private declare(file: TemplateFile, nodes: readonly Markup[]): void {
    for (const node of nodes.filter(isTag)) {
      const { name, attribs } = node
      if (name === 'template' && attribs['name']) file.own.set(attribs['name'], { tag: node, file })
      else if (name === 'import') this.takeTemplates(file, attribs['src'] ?? '')
      else if (name === this.rules.scriptTag) this.takeScript(file, attribs)
      else this.declare(file, node.children)
    }
  }

  private takeTemplates(file: TemplateFile, source: string): void {
    for (const [name, template] of this.file(resolvePath(file.path, source)).own)
      file.known.set(name, template)
  }

  private takeScript(file: TemplateFile, attributes: Readonly<Record<string, string>>): void {
    const path = resolvePath(file.path, attributes['src'] ?? attributes['from'] ?? '')
    const source = this.bundle.read(path).replace(/export\s+default/, 'module.exports =')
    const module: { exports: unknown } = { exports: {} }
    vm.compileFunction(source, ['module', 'exports'])(module, module.exports)
    file.scripts[attributes['module'] ?? attributes['name'] ?? ''] = module.exports
  }

  private evaluate(expression: string, scope: Scope): unknown {
    let run = this.compiled.get(expression)
    if (!run) {
      run = vm.compileFunction(`with (scope) { return (${expression}) }`, ['scope']) as (
        scope: object,
      ) => unknown
      this.compiled.set(expression, run)
    }
    return run(namesOf(scope))
  }

  private value(text: string, scope: Scope): unknown {
    const whole = /^\{\{([\s\S]*)\}\}$/.exec(text.trim())?.[1]
    if (whole !== undefined && !/\}\}[\s\S]*\{\{/.test(whole)) return this.evaluate(whole, scope)
    return text.replace(/\{\{([\s\S]*?)\}\}/g, (_, inner: string) =>
      String(this.evaluate(inner, scope) ?? ''),
    )
  }

  private many(nodes: readonly Markup[], scope: Scope, place: Place): ViewNode[] {
    const { directive } = this.rules
    const result: ViewNode[] = []
    let taken = false
    for (const node of nodes) {
      if (node.type === 'text') result.push(...this.text(node.data, scope))
      if (!isTag(node)) continue
      const { attribs } = node
      const condition = attribs[`${directive}if`] ?? attribs[`${directive}elif`]
      const chained = attribs[`${directive}elif`] !== undefined || attribs[`${directive}else`] !== undefined
      if (chained && taken) continue
      if (condition !== undefined) {
        taken = Boolean(this.value(condition, scope))
        if (!taken) continue
      }
      result.push(...this.repeated(node, scope, place))
    }
    return result
  }

  private text(raw: string, scope: Scope): ViewNode[] {
    if (raw.trim() === '') return []
    const text = this.value(raw.trim(), scope)
    return text === undefined || text === null || text === ''
      ? []
      : [{ kind: 'text', text: String(text), parent: null }]
  }

  private repeated(tag: Tag, scope: Scope, place: Place): ViewNode[] {
    const { directive } = this.rules
    const loop = tag.attribs[`${directive}for`]
    if (loop === undefined) return this.one(tag, scope, place)
    const item = tag.attribs[`${directive}for-item`] ?? 'item'
    const index = tag.attribs[`${directive}for-index`] ?? 'index'
    const list = this.value(loop, scope)
    return Object.values(typeof list === 'object' && list !== null ? list : {}).flatMap((each, at) =>
      this.one(tag, { ...scope, [item]: each, [index]: at }, place),
    )
  }

  private one(tag: Tag, scope: Scope, place: Place): ViewNode[] {
    const { name, attribs, children } = tag
    if (name === 'import' || name === this.rules.scriptTag) return []
    if (name === 'template') return attribs['name'] ? [] : this.fromTemplate(tag, scope, place)
    if (name === 'block') return this.many(children, scope, place)
    const attributes = this.attributes(attribs, scope)
    const component = place.using[name]
    if (component !== undefined) return [this.component(name, attributes, resolvePath(place.base, component))]
    if (!this.rules.components.has(name))
      this.fault(
        `<${name}> is neither a component of this wallet nor in usingComponents (${place.file.path})`,
      )
    return [element(name, attributes, this.many(children, scope, place))]
  }

  private attributes(given: Readonly<Record<string, string>>, scope: Scope): Record<string, unknown> {
    const entries = Object.entries(given).filter(([name]) => !name.startsWith(this.rules.directive))
    return Object.fromEntries(
      entries.map(([name, text]) => [
        name,
        this.rules.eventAttribute.test(name) ? text : this.value(text, scope),
      ]),
    )
  }

  private fromTemplate({ attribs }: Tag, scope: Scope, place: Place): ViewNode[] {
    const wanted = String(this.value(attribs['is'] ?? '', scope))
    const template = place.file.known.get(wanted)
    if (!template) {
      this.fault(`the template "${wanted}" does not exist (used by ${place.file.path})`)
      return []
    }
    const inner = /^\{\{([\s\S]*)\}\}$/.exec((attribs['data'] ?? '').trim())?.[1]
    const data = inner === undefined ? {} : (this.evaluate(`{${inner}}`, scope) as Scope)
    const inside = { ...place, file: template.file }
    return this.many(template.tag.children, { ...template.file.scripts, ...data }, inside)
  }

  private component(tag: string, attributes: Readonly<Record<string, unknown>>, path: string): ViewElement {
    const file = this.file(path + this.rules.template)
    const json = this.bundle.json<{ usingComponents?: Record<string, string> }>(`${path}.json`)
    const place = { file, using: { ...this.bundle.app.usingComponents, ...json.usingComponents }, base: path }
    return element(tag, attributes, this.many(file.nodes, { ...file.scripts, ...attributes }, place))
  }
}

function element(
  tag: string,
  attributes: Readonly<Record<string, unknown>>,
  children: readonly ViewNode[],
): ViewElement {
  return { kind: 'element', tag, attributes, children, parent: null }
}

function adopt(root: ViewElement): ViewElement {
  for (const child of root.children) {
    child.parent = root
    if (child.kind === 'element') adopt(child)
  }
  return root
}

/** The first node, in reading order, that fits. */
export function findNode(root: ViewNode, fits: (node: ViewNode) => boolean): ViewNode | null {
  if (fits(root)) return root
  if (root.kind === 'text') return null
  for (const child of root.children) {
    const found = findNode(child, fits)
    if (found) return found
  }
  return null
}

/** All text below a node, one piece a line. */
export function textOf(node: ViewNode): string {
  return node.kind === 'text'
    ? node.text
    : node.children
        .map(textOf)
        .filter((text) => text !== '')
        .join('\n')
}
