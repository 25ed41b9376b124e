import { posix } from 'node:path'
import vm from 'node:vm'
import type { Bundle } from './bundle'
import { platformRules } from './platform-rules'

/** What App(), Page() and Component() were given. */
export type Definition = Record<string, unknown>

export interface EngineHost {
  readonly api: object
  readonly console: object
  readonly onApp: (definition: Definition) => void
  readonly onPage: (definition: Definition) => void
  readonly onComponent: (definition: Definition) => void
  readonly currentPages: () => unknown[]
  readonly app: () => unknown
}

/**
 * Takes away what a mini-program may not do: code from strings (only `new Function('return this')` passes, which
 * bundlers use to find the global object) and built-ins younger than the oldest engine we support.
 */
const RESTRICT = `(() => {
  const RealFunction = Function
  const prototype = RealFunction.prototype
  function Restricted(...parts) {
    if (parts.length === 1 && /^\\s*return this;?\\s*$/.test(parts[0])) return () => globalThis
    throw new EvalError('new Function is banned in mini-programs: ' + String(parts[parts.length - 1]).slice(0, 80))
  }
  Restricted.prototype = prototype
  prototype.constructor = Restricted
  globalThis.Function = Restricted
  globalThis.eval = () => { throw new EvalError('eval is banned in mini-programs') }
  for (const name of ['WebAssembly', 'WeakRef', 'FinalizationRegistry', 'AggregateError', 'SharedArrayBuffer', 'Atomics',
    'Iterator', 'BigInt64Array', 'BigUint64Array'])
    delete globalThis[name]
  const young = [
    [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'with']],
    [String.prototype, ['at', 'replaceAll', 'isWellFormed', 'toWellFormed']],
    [Object, ['hasOwn', 'groupBy']], [Map, ['groupBy']], [Array, ['fromAsync']],
    [Promise, ['any', 'withResolvers', 'try']],
  ]
  for (const [owner, names] of young) for (const name of names) delete owner[name]
})()`

/** The logic layer: runs the compiled scripts with the platform's globals and nothing else. */
export class Engine {
  private readonly context: vm.Context
  private readonly modules = new Map<string, { exports: unknown }>()
  private readonly absent: string

  constructor(
    private readonly bundle: Bundle,
    host: EngineHost,
  ) {
    const rules = platformRules[bundle.platform]
    this.absent = rules.absentGlobals.join(',')
    const globals: Record<string, unknown> = {
      console: host.console,
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
      [rules.namespace]: host.api,
      App: host.onApp,
      Page: host.onPage,
      Component: host.onComponent,
      Behavior: (definition: Definition) => definition,
      getApp: host.app,
      getCurrentPages: host.currentPages,
    }
    // Taro's Alipay runtime reads the user agent while it loads.
    if (bundle.platform === 'alipay')
      globals['navigator'] = {
        userAgent: 'AlipayClient/10.5.90 NebulaSDK',
        swuserAgent: 'AlipayClient/10.5.90',
      }
    this.context = vm.createContext(globals, { codeGeneration: { strings: true, wasm: false } })
    vm.runInContext(RESTRICT, this.context)
  }

  /** Runs a module once and gives its exports. */
  load(file: string): unknown {
    const known = this.modules.get(file)
    if (known) return known.exports
    const module: { exports: unknown } = { exports: {} }
    this.modules.set(file, module)
    const source = `(function (require, module, exports, ${this.absent}) {${this.bundle.read(file)}\n})`
    const run = vm.runInContext(source, this.context, {
      filename: posix.join(this.bundle.platform, file),
    }) as (require: (reference: string) => unknown, module: object, exports: unknown) => void
    run((reference) => this.load(this.moduleFile(file, reference)), module, module.exports)
    return module.exports
  }

  private moduleFile(from: string, reference: string): string {
    const path = reference.startsWith('/') ? reference.slice(1) : posix.join(posix.dirname(from), reference)
    if (path.endsWith('.js')) return path
    return this.bundle.has(`${path}.js`) ? `${path}.js` : `${path}/index.js`
  }
}
