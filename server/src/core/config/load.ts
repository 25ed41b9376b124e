import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'
import type { z } from 'zod'

type Tree = { [key: string]: unknown }

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Later trees win; lists and plain values replace, trees merge. */
function merge(base: Tree, over: Tree): Tree {
  const merged: Tree = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key]
    merged[key] = isTree(before) && isTree(value) ? merge(before, value) : value
  }
  return merged
}

/** Every fault of the configuration at once, so that one start tells all of them. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

/**
 * Reads `config/default.yaml`, then each further file, then the environment, later ones winning, and checks the
 * result against one schema. The environment names a path with double underscores, `YIHU__HTTP__PORT=8080` for
 * `http.port`; its values are read as YAML, so numbers and lists work. Errors: ConfigError with every fault.
 */
export function loadConfig<S extends z.ZodType>(
  schema: S,
  files: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): z.output<S> {
  let tree: Tree = {}
  for (const file of files) {
    if (!existsSync(file)) throw new ConfigError([`${file} does not exist`])
    const parsed: unknown = parse(readFileSync(file, 'utf8'))
    if (!isTree(parsed)) throw new ConfigError([`${file} is not a YAML mapping`])
    tree = merge(tree, parsed)
  }
  tree = withEnvironment(tree, environment)
  const result = schema.safeParse(tree)
  if (result.success) return result.data
  throw new ConfigError(
    result.error.issues.map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.message}`),
  )
}

function withEnvironment(tree: Tree, environment: Readonly<Record<string, string | undefined>>): Tree {
  let result = tree
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith('YIHU__') || text === undefined) continue
    const path = name.slice('YIHU__'.length).split('__')
    result = merge(result, branch(result, path, parse(text)))
  }
  return result
}

/** Finds the camel-case keys that the upper-case path means, so that HTTP__PUBLIC_URL is http.publicUrl. */
function branch(tree: Tree, path: readonly string[], value: unknown): Tree {
  const [head, ...rest] = path
  if (head === undefined) return {}
  const plain = head.replaceAll('_', '').toLowerCase()
  const key = Object.keys(tree).find((name) => name.toLowerCase() === plain) ?? camelCase(head)
  const below = tree[key]
  return { [key]: rest.length === 0 ? value : branch(isTree(below) ? below : {}, rest, value) }
}

function camelCase(name: string): string {
  return name.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** The project's top folder, found from where this file runs, built or not. */
export function projectRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'project.config.json')) || existsSync(join(folder, 'biome.json')))
      return folder
    if (dirname(folder) === folder) return process.cwd()
  }
}

/** The files to read: default first, then those named by YIHU_CONFIG (colon-separated), relative to the project. */
export function configFiles(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string[] {
  const root = projectRoot()
  const named = (environment['YIHU_CONFIG'] ?? '').split(':').filter((name) => name !== '')
  return [join(root, 'config/default.yaml'), ...named.map((name) => resolve(root, name))]
}

/** alipay-sdk writes timestamps in the process's own time zone, and Alipay reads them as China's. */
export function useShanghaiTime(): void {
  process.env['TZ'] = 'Asia/Shanghai'
}
