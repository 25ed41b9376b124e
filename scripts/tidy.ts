import type { Source } from './sources'

/**
 * The house rules that no ready-made tool holds. Each fault says where, what, and what to do instead, because a
 * ban without a way out is only in the way.
 */
export function tidyFaults(sources: readonly Source[]): string[] {
  return [
    ...banFaults(sources),
    ...operationFaults(sources),
    ...untestedActs(sources),
    ...jobFaults(sources),
    ...contractFaults(sources),
  ]
}

interface Ban {
  readonly pattern: RegExp
  readonly where: RegExp
  readonly except: RegExp
  readonly instead: string
}

const TEST = /\.test\.tsx?$|\/testing\/|\/testing\.ts$|\/test-[^/]+\.ts$|\.fixture\.ts$/
const NOWHERE = /^$/
const SERVER = /^server\/src\/.*\.ts$/
const CODE = /^(server|sandbox|miniapp|scripts|bench|e2e)\/.*\.(ts|tsx|mjs)$/
const MARKERS = /\b(TODO|FIXME|XXX|HACK)\b/

const bans: readonly Ban[] = [
  {
    pattern: /\bDate\.now\(|\bnew Date\(\s*\)/,
    where: SERVER,
    // A line of the log tells when it was written, whatever time a test has set.
    except: /^server\/src\/core\/(clock|log)\.ts$/,
    instead: 'the clock stops at core/clock: ask ctx.clock.now(), which tests can move',
  },
  {
    pattern: /\bMath\.random\(|\brandom(Bytes|UUID|Int|FillSync)\(|\bgetRandomValues\(/,
    where: SERVER,
    // An initialisation vector is no id: it belongs to the cipher that needs it.
    except: /^server\/src\/core\/(ids|vault)\.ts$/,
    instead: 'randomness stops at core/ids: ask ctx.ids.next() or ctx.ids.token(bytes)',
  },
  {
    pattern: /\bprocess\.env\b/,
    where: SERVER,
    // The process sets its own time zone there, before anything reads it.
    except: /^server\/src\/(core\/config\/load|main)\.ts$/,
    instead: 'the environment stops at core/config: add a key to the schema and read ctx.config',
  },
  {
    pattern: /\bconsole\.\w+\(/,
    where: /^(server|sandbox)\/src\/.*\.ts$/,
    except: TEST,
    instead: 'use ctx.log (the sandbox: kernel.log), which masks and carries the request id',
  },
  {
    pattern: /\b(tx|reader)\s*\.\s*(query|execute|insert)\s*[(<]/,
    where: /^server\/src\/features\/.*\.ts$/,
    except: /([/-]store|\.test|\/test-[^/]+|\.fixture)\.ts$/,
    instead: 'SQL lives in store.ts and *-store.ts: give the query a name there and call it',
  },
  {
    pattern: /#[0-9a-fA-F]{3,8}\b|\brgba?\(/,
    where: /^miniapp\/src\/(pages|parts)\/.*\.(scss|tsx)$/,
    except: NOWHERE,
    instead: 'colours live in miniapp/src/design: use a token, so that brand, dark and elder modes follow',
  },
  {
    pattern: /@ts-(ignore|expect-error|nocheck)|\bas any\b/,
    where: CODE,
    except: /^scripts\/tidy/,
    instead: 'say the type, or narrow it with zod where it comes from outside',
  },
  {
    pattern: /(oxlint|eslint|biome)-disable(?!.*--)|biome-ignore(?!.*:)/,
    where: CODE,
    except: /^scripts\/tidy/,
    instead: 'a rule is switched off with its reason after `--`, or not at all',
  },
  {
    pattern: MARKERS,
    where: /\.(ts|tsx|mjs|cjs|yaml|scss|css|md)$/,
    // These name the markers in order to forbid them.
    except: /^(scripts\/tidy|CONTRIBUTING\.md$)/,
    instead: 'do it now, or open an issue and leave the code without the marker',
  },
]

function banFaults(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const active = bans.filter((ban) => ban.where.test(path) && !ban.except.test(path))
    const strict = TEST.test(path) ? active.filter((ban) => ban.where !== SERVER) : active
    if (strict.length === 0) return []
    return text
      .split('\n')
      .flatMap((line, index) =>
        strict
          .filter((ban) => ban.pattern.test(isComment(line) ? markersOnly(ban, line) : line))
          .map((ban) => `${path}:${index + 1}: ${line.trim().slice(0, 60)} — ${ban.instead}`),
      )
  })
}

const isComment = (line: string): boolean => /^\s*(\/\/|\*|\/\*)/.test(line)

/** Comments may speak about what code may not do; only a marker or a switched-off rule counts there. */
function markersOnly(ban: Ban, line: string): string {
  return ban.pattern === MARKERS || /disable|ts-/.test(ban.pattern.source) ? line : ''
}

/** `setDefault` → `set`, `default`. */
export function wordsOf(camelCase: string): string[] {
  return camelCase
    .replace(/([A-Z])/g, '-$1')
    .toLowerCase()
    .split('-')
    .filter((word) => word !== '')
}

/** `set-default-household` → `setDefaultHousehold`. */
function camelOf(kebab: string): string {
  return kebab.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

interface Act {
  readonly path: string
  readonly feature: string
  readonly name: string
  readonly text: string
}

/** An act is a file of a feature that exports a function of its own name taking `ctx`, or nothing. */
function actsOf(sources: readonly Source[]): Act[] {
  return sources.flatMap(({ path, text }) => {
    const [, feature, name] =
      /^server\/src\/features\/([^/]+)\/(?:.*\/)?([a-z]+(?:-[a-z]+)+)\.ts$/.exec(path) ?? []
    if (feature === undefined || name === undefined || TEST.test(path)) return []
    const declared = new RegExp(
      `export (async )?function ${camelOf(name)}\\b(<[^(]*>)?\\(\\s*((tx|ctx)\\b|\\))`,
    )
    return declared.test(text) ? [{ path, feature, name, text }] : []
  })
}

/** Whether all the words stand in the list, in that order; one may be plural where the other is not. */
export function inOrder(words: readonly string[], list: readonly string[]): boolean {
  let at = 0
  for (const entry of list) {
    const wanted = words[at]
    if (wanted !== undefined && (entry === wanted || entry === `${wanted}s` || `${entry}s` === wanted)) at++
  }
  return at === words.length
}

/** `bills.list` is done by `list-bills.ts`: the words after the dot stand in the name of one act, in that order. */
function operationFaults(sources: readonly Source[]): string[] {
  const acts = actsOf(sources)
  return sources.flatMap(({ path, text }) => {
    const feature = /^server\/src\/features\/([^/]+)\/schema\.ts$/.exec(path)?.[1]
    if (feature === undefined) return []
    return [...text.matchAll(/^ {2}'([a-z]+)\.([a-zA-Z]+)': /gm)]
      .filter(([, , verb]) => {
        const words = wordsOf(verb ?? '')
        return !acts.some((act) => act.feature === feature && inOrder(words, act.name.split('-')))
      })
      .map(([, noun, verb]) => {
        const wanted = `${wordsOf(verb ?? '').join('-')}-${noun}.ts`
        return `${path}: ${noun}.${verb} has no act — name its file after it (such as ${wanted}), so that one grep finds the whole path`
      })
  })
}

/**
 * Every act is named in a test, by its function or by the operation that calls it. A step that only a sibling act
 * takes is tested with that act.
 */
function untestedActs(sources: readonly Source[]): string[] {
  const tests = sources.filter(({ path }) => /^(server\/src|e2e)\/.*\.test\.ts$/.test(path))
  const acts = actsOf(sources)
  const tested = new Set(acts.filter((act) => isNamedInTest(act, tests, operationsOf(sources, act.feature))))
  for (let size = -1; size !== tested.size; ) {
    size = tested.size
    for (const act of acts) {
      const takenBy = acts.filter(
        (other) => other.feature === act.feature && other.text.includes(`/${act.name}'`),
      )
      if (takenBy.some((other) => tested.has(other))) tested.add(act)
    }
  }
  return acts
    .filter((act) => !tested.has(act))
    .map(({ path, name }) => `${path}: no test names ${camelOf(name)} — write ${name}.test.ts beside it`)
}

function isNamedInTest(
  act: Act,
  tests: readonly Source[],
  operations: readonly { noun: string; verb: string }[],
): boolean {
  const called = new RegExp(`\\b${camelOf(act.name)}\\b`)
  const names = operations
    .filter(({ verb }) => inOrder(wordsOf(verb), act.name.split('-')))
    .map(({ noun, verb }) => `${noun}.${verb}`)
  return tests.some(
    ({ path, text }) =>
      path === act.path.replace(/\.ts$/, '.test.ts') ||
      called.test(text) ||
      names.some((name) => text.includes(`'${name}'`)),
  )
}

function operationsOf(sources: readonly Source[], feature: string): { noun: string; verb: string }[] {
  const schema = sources.find(({ path }) => path === `server/src/features/${feature}/schema.ts`)
  return [...(schema?.text ?? '').matchAll(/^ {2}'([a-z]+)\.([a-zA-Z]+)': /gm)].map(([, noun, verb]) => ({
    noun: noun ?? '',
    verb: verb ?? '',
  }))
}

/** A job that nobody promises never runs, and one that no feature lists is never found by the runner. */
function jobFaults(sources: readonly Source[]): string[] {
  const production = sources.filter(({ path }) => SERVER.test(path) && !TEST.test(path))
  const everything = production.map(({ text }) => text).join('\n')
  return production.flatMap(({ path, text }) =>
    [...text.matchAll(/export const (\w+)(?::[^=]+)? = define(Job|Schedule)[(<]/g)].flatMap(
      ([, name, kind]) => {
        const faults: string[] = []
        const list = kind === 'Job' ? 'jobs' : 'schedules'
        if (!new RegExp(`\\b${list}:\\s*\\[[^\\]]*\\b${name}\\b`).test(everything)) {
          faults.push(`${path}: ${name} is in no feature's ${list} — list it in index.ts, or delete it`)
        }
        if (kind === 'Job' && !new RegExp(`\\benqueue\\([^;]*?\\b${name}\\b`).test(everything)) {
          faults.push(`${path}: nothing enqueues ${name} — enqueue it where it becomes due, or delete it`)
        }
        return faults
      },
    ),
  )
}

/** Clients know the server by type only; a value from there would put the server into the mini-program. */
function contractFaults(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => /^(miniapp|console)\/.*\.tsx?$/.test(path))
    .flatMap(({ path, text }) =>
      [
        ...text.matchAll(
          /^(import|export)\s+(?!type\b)[^;\n]*from\s+'(@yihu\/contract|[^']*server\/src[^']*)'/gm,
        ),
      ].map(([line]) => `${path}: ${line} — clients take types only: import type … from '@yihu/contract'`),
    )
}
