import type { Bundle } from './bundle'
import { type Definition, Engine } from './engine'
import { type DirectApi, type LaterApi, nativeApi, type NativeCall, NativeFailure } from './native-api'
import { deviceAnswers, navigationWords } from './device'
import { platformRules } from './platform-rules'
import { assignPath, holdsFunction } from './set-data'
import { findNode, textOf, View, type ViewElement, type ViewNode } from './view'

/** WeChat refuses more than a megabyte at once and its own audit warns above 256 KB. */
const SET_DATA_LIMIT_BYTES = 256 * 1024
/** WeChat keeps ten pages at most; the eleventh navigateTo fails. */
const MOST_PAGES = 10

interface Page {
  readonly route: string
  readonly instance: Record<string, unknown> & { data: Record<string, unknown> }
}

/** What a wallet's scanner found for a code: the page, and what the program is told. */
export interface ScannedPage {
  readonly page: string
  readonly query: Readonly<Record<string, string>>
}

/** Both wallets' number for having come by a code. */
const SCENE_OF_CODES = 1011

export interface MiniOptions {
  readonly later?: Readonly<Record<string, LaterApi>>
  readonly direct?: Readonly<Record<string, DirectApi>>
}

/** A compiled mini-program at work, without the wallet around it. */
export class MiniApp {
  readonly faults: string[] = []
  readonly calls: NativeCall[] = []
  largestSetDataBytes = 0
  private readonly engine: Engine
  private readonly view: View
  private readonly stack: Page[] = []
  /** Tab pages that have been opened and are out of sight. */
  private readonly tabs = new Map<string, Page>()
  private appInstance: Definition | null = null
  private registered: Definition | null = null
  private readonly definitions = new Map<string, Definition>()
  private lastViewId = 0
  private launched: object = {}
  /** How the app was opened last, cold or hot. */
  private entered: object = {}

  constructor(
    readonly bundle: Bundle,
    options: MiniOptions = {},
  ) {
    const fault = (words: string): void => {
      this.faults.push(words)
    }
    const register = (definition: Definition): void => {
      this.registered = definition
    }
    this.view = new View(bundle, fault)
    const api = nativeApi({
      platform: bundle.platform,
      later: { ...this.navigation(), ...options.later },
      direct: {
        ...deviceAnswers(bundle.platform),
        getLaunchOptionsSync: () => this.launched,
        getEnterOptionsSync: () => this.entered,
        ...options.direct,
      },
      calls: this.calls,
      fault,
    })
    this.engine = new Engine(bundle, {
      api,
      console: listeningConsole(fault),
      onApp: (definition) => {
        this.appInstance = Object.assign(Object.create(null) as Definition, definition)
      },
      onPage: register,
      onComponent: register,
      currentPages: () => this.stack.map(({ instance }) => instance),
      app: () => this.appInstance,
    })
  }

  /** Starts the app and shows its first page, or the one of the code by which it was opened. */
  launch(scanned?: ScannedPage): this {
    const [first = ''] = this.bundle.app.pages
    this.engine.load('app.js')
    if (!this.appInstance) throw new Error('app.js did not call App()')
    this.entered = this.entry(scanned, first)
    this.launched = this.entered
    call(this.appInstance, 'onLaunch', this.launched)
    call(this.appInstance, 'onShow', this.launched)
    this.openScanned(scanned, first)
    return this
  }

  /** Comes back to the running app, as from the desktop or by a code. A code's page takes the place of all others. */
  enter(scanned?: ScannedPage): void {
    if (!this.appInstance) throw new Error('the app does not run')
    this.hide()
    call(this.appInstance, 'onHide')
    this.entered = this.entry(scanned, this.route)
    call(this.appInstance, 'onShow', this.entered)
    if (!scanned) {
      call(this.stack.at(-1)?.instance ?? {}, 'onShow')
      return
    }
    while (this.stack.length > 0) this.unload()
    this.tabs.clear()
    this.openScanned(scanned, this.route)
  }

  private entry(scanned: ScannedPage | undefined, route: string): object {
    const scene = scanned ? SCENE_OF_CODES : 1001
    return {
      path: scanned?.page ?? route,
      query: { ...scanned?.query },
      scene: this.bundle.platform === 'weapp' ? scene : String(scene),
    }
  }

  /** WeChat gives the page what the code holds; Alipay only the app (alipay.md 6.2). */
  private openScanned(scanned: ScannedPage | undefined, first: string): void {
    const isTold = scanned !== undefined && this.bundle.platform === 'weapp'
    this.open(scanned?.page ?? first, isTold ? scanned.query : {})
  }

  get route(): string {
    return this.stack.at(-1)?.route ?? ''
  }

  /** Opens a page on top, as navigateTo would. */
  open(route: string, query: Readonly<Record<string, string>> = {}): void {
    if (!this.bundle.pages().includes(route)) throw new Error(`"${route}" is not a page of app.json`)
    const definition = this.definition(route)
    this.lastViewId += 1
    const instance = {
      ...definition,
      data: JSON.parse(JSON.stringify(definition['data'] ?? {})) as Record<string, unknown>,
      route,
      is: route,
      options: query,
      __wxWebviewId__: this.lastViewId,
      $viewId: this.lastViewId,
      $page: { path: route },
      setData: (patch: Record<string, unknown>, done?: () => void) => this.setData(instance, patch, done),
      selectComponent: () => null,
      getTabBar: () => null,
      createSelectorQuery: emptyQuery,
    }
    this.stack.push({ route, instance })
    call(instance, 'onLoad', query)
    call(instance, 'onShow')
    call(instance, 'onReady')
  }

  /** Leaves the page on top, as the wallet's back button would. */
  back(): void {
    this.unload()
    const shown = this.stack.at(-1)
    if (shown) call(shown.instance, 'onShow')
  }

  /** What the wallet would send to a friend from the page on top. */
  share(): { title: string; path: string } {
    const answer: unknown = call(this.stack.at(-1)?.instance ?? {}, 'onShareAppMessage', { from: 'button' })
    const { title, path } = (answer ?? {}) as { title?: unknown; path?: unknown }
    return { title: String(title), path: String(path) }
  }

  render(): ViewElement {
    const page = this.stack.at(-1)
    if (!page) throw new Error('no page is open')
    return this.view.render(page.route, page.instance.data)
  }

  text(): string {
    return textOf(this.render())
  }

  /** The element with that id on the page on top; null when it is not there. */
  byId(id: string): ViewNode | null {
    return this.element((attributes) => attributes['id'] === id)
  }

  /** The first element whose id begins so. */
  byIdStart(start: string): ViewNode | null {
    return this.element((attributes) => String(attributes['id'] ?? '').startsWith(start))
  }

  /** Whether any part of the page on top is still being fetched. */
  isLoading(): boolean {
    return this.element((attributes) => /\bbone\b/.test(String(attributes['class']))) !== null
  }

  private element(fits: (attributes: ViewElement['attributes']) => boolean): ViewNode | null {
    return findNode(this.render(), (node) => node.kind === 'element' && fits(node.attributes))
  }

  /** An attribute of the element with that id; undefined when either is not there. */
  attribute(id: string, name: string): unknown {
    const node = this.byId(id)
    return node?.kind === 'element' ? node.attributes[name] : undefined
  }

  byText(text: string): ViewNode | null {
    return findNode(this.render(), (node) => node.kind === 'text' && node.text.includes(text))
  }

  /** Sends an event to the element and, as it bubbles, to everything around it. */
  fire(node: ViewNode, event: string, detail: object = {}): void {
    const leaf = node.kind === 'text' ? node.parent : node
    const { eventAttribute } = platformRules[this.bundle.platform]
    let heard = false
    for (let element: ViewElement | null = leaf; element && leaf; element = element.parent) {
      for (const [name, handler] of Object.entries(element.attributes)) {
        const [, how = '', type = ''] = eventAttribute.exec(name) ?? []
        if (type.toLowerCase() !== event) continue
        heard = true
        this.handle(String(handler), type, { leaf, element, detail })
        if (how.startsWith('catch')) return
      }
    }
    if (!heard) throw new Error(`nothing listens to ${event} on <${leaf?.tag ?? 'text'}> or around it`)
  }

  private handle(
    handler: string,
    type: string,
    at: { leaf: ViewElement; element: ViewElement; detail: object },
  ): void {
    const instance = this.stack.at(-1)?.instance
    if (!instance) return
    if (typeof instance[handler] !== 'function') throw new Error(`the page has no handler ${handler}`)
    call(instance, handler, {
      type: this.bundle.platform === 'weapp' ? type.toLowerCase() : type,
      timeStamp: Date.now(),
      target: {
        id: at.leaf.attributes['id'],
        dataset: datasetOf(at.leaf),
        targetDataset: datasetOf(at.leaf),
      },
      currentTarget: { id: at.element.attributes['id'], dataset: datasetOf(at.element) },
      detail: at.detail,
      mark: {},
    })
  }

  private definition(route: string): Definition {
    const known = this.definitions.get(route)
    if (known) return known
    this.registered = null
    this.engine.load(`${route}.js`)
    const registered: Definition | null = this.registered
    if (!registered) throw new Error(`${route}.js called neither Page() nor Component()`)
    const methods = (registered as Definition)['methods']
    const definition = { ...(registered as Definition), ...(typeof methods === 'object' ? methods : {}) }
    this.definitions.set(route, definition)
    return definition
  }

  private setData(instance: Page['instance'], patch: Record<string, unknown>, done?: () => void): void {
    const bytes = Buffer.byteLength(JSON.stringify(patch))
    this.largestSetDataBytes = Math.max(this.largestSetDataBytes, bytes)
    if (bytes > SET_DATA_LIMIT_BYTES) this.faults.push(`setData of ${bytes} bytes on ${this.route}`)
    for (const [path, value] of Object.entries(patch)) {
      if (holdsFunction(value)) this.faults.push(`setData of "${path}" carries a function on ${this.route}`)
      assignPath(instance.data, path, value === undefined ? undefined : JSON.parse(JSON.stringify(value)))
    }
    setTimeout(() => done?.call(instance))
  }

  private navigation(): Record<string, LaterApi> {
    const goTo =
      (prepare: () => void): LaterApi =>
      (option) => {
        const { route, query } = navigationWords(option['url'])
        if (!this.bundle.pages().includes(route))
          throw new NativeFailure({ errMsg: `fail page "${route}" is not found` })
        prepare()
        this.open(route, query)
        return {}
      }
    return {
      navigateTo: goTo(() => {
        if (this.stack.length >= MOST_PAGES)
          throw new NativeFailure({ errMsg: 'navigateTo:fail webview count limit' })
        this.hide()
      }),
      redirectTo: goTo(() => this.unload()),
      reLaunch: goTo(() => {
        while (this.stack.length > 0) this.unload()
        this.tabs.clear()
      }),
      setTabBarBadge: (option) => this.onTab('setTabBarBadge', option),
      removeTabBarBadge: (option) => this.onTab('removeTabBarBadge', option),
      switchTab: (option) => this.switchTab(navigationWords(option['url']).route),
      navigateBack: () => {
        this.back()
        return {}
      },
    }
  }

  /** The bar is there only while a tab page is on top, and has only so many places. */
  private onTab(name: string, option: { readonly [field: string]: unknown }): object {
    const tabs = this.bundle.tabs()
    if (!tabs.includes(this.route)) throw new NativeFailure({ errMsg: `${name}:fail not TabBar page` })
    if (Number(option['index']) >= tabs.length)
      throw new NativeFailure({ errMsg: `${name}:fail index out of range` })
    return {}
  }

  /** Pages above the tabs are closed; tab pages live on out of sight, so that they are shown again, not made anew. */
  private switchTab(route: string): object {
    const { stack, tabs } = this
    if (!this.bundle.tabs().includes(route))
      throw new NativeFailure({ errMsg: 'switchTab:fail not a tab page' })
    for (let top = stack.at(-1); top && !this.bundle.tabs().includes(top.route); top = stack.at(-1))
      this.unload()
    const shown = stack.pop()
    if (shown) {
      tabs.set(shown.route, shown)
      call(shown.instance, 'onHide')
    }
    const kept = tabs.get(route)
    if (kept) {
      stack.push(kept)
      call(kept.instance, 'onShow')
    } else this.open(route)
    return {}
  }

  private hide(): void {
    const shown = this.stack.at(-1)
    if (shown) call(shown.instance, 'onHide')
  }

  private unload(): void {
    const left = this.stack.pop()
    if (left) call(left.instance, 'onUnload')
  }
}

function call(target: object, method: string, ...given: unknown[]): unknown {
  const found = (target as Record<string, unknown>)[method]
  return typeof found === 'function'
    ? (found as (...all: unknown[]) => unknown).apply(target, given)
    : undefined
}

function listeningConsole(fault: (words: string) => void): Record<string, (...said: unknown[]) => void> {
  const words = (said: unknown[]): string =>
    said
      .map((one) => (one instanceof Error ? one.stack : typeof one === 'string' ? one : JSON.stringify(one)))
      .join(' ')
  const quiet = (...said: unknown[]): void => {
    // Taro says so of an API that a wallet lacks, and goes on.
    if (/暂不支持/.test(words(said))) fault(words(said))
  }
  return {
    log: quiet,
    info: quiet,
    debug: quiet,
    warn: quiet,
    error: (...said) => fault(`console.error: ${words(said).slice(0, 600)}`),
  }
}

const datasetOf = ({ attributes }: ViewElement): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => name.startsWith('data-'))
      .map(([name, value]) => [name.slice('data-'.length), value]),
  )

function emptyQuery(): object {
  const query: Record<string, unknown> = {}
  for (const name of [
    'in',
    'select',
    'selectAll',
    'selectViewport',
    'boundingClientRect',
    'scrollOffset',
    'fields',
    'node',
  ])
    query[name] = () => query
  query['exec'] = (done?: (answers: unknown[]) => void) => {
    setTimeout(() => done?.([]))
    return query
  }
  return query
}
