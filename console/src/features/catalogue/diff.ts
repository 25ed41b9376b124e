import type { CatalogueBody } from '../../api/types'

/** One thing that a new version changes. `path` are field names and, in lists, numbers from 1. */
export interface Change {
  /** The type's name; null for settings of the company. */
  readonly type: string | null
  readonly kind: 'added' | 'removed' | 'changed'
  readonly path: readonly string[]
  readonly before: string
  readonly after: string
}

/** What changes between two versions, type by type, field by field. */
export function diffBodies(before: CatalogueBody, after: CatalogueBody): Change[] {
  const { types: oldTypes, ...oldRest } = before
  const { types: newTypes, ...newRest } = after
  const changes: Change[] = []
  for (const type of oldTypes)
    if (!newTypes.some(({ id }) => id === type.id)) changes.push(whole(type.name, 'removed'))
  for (const type of newTypes) {
    const old = oldTypes.find(({ id }) => id === type.id)
    if (old === undefined) changes.push(whole(type.name, 'added'))
    else walk(old, type, [], (path, from, to) => changes.push(changed(type.name, path, from, to)))
  }
  const order = (types: CatalogueBody['types']): string => types.map(({ id }) => id).join(' ')
  const kept = newTypes.filter(({ id }) => oldTypes.some((old) => old.id === id))
  const stayed = oldTypes.filter(({ id }) => newTypes.some((one) => one.id === id))
  if (order(kept) !== order(stayed)) changes.push(changed(null, ['types'], names(stayed), names(kept)))
  walk(oldRest, newRest, [], (path, from, to) => changes.push(changed(null, path, from, to)))
  return changes
}

const names = (types: CatalogueBody['types']): string => types.map(({ name }) => name).join('、')

const whole = (type: string, kind: 'added' | 'removed'): Change => ({
  type,
  kind,
  path: [],
  before: '',
  after: '',
})

function changed(type: string | null, path: readonly string[], from: unknown, to: unknown): Change {
  return { type, kind: 'changed', path, before: text(from), after: text(to) }
}

function text(value: unknown): string {
  if (value === undefined || value === null || value === '') return '—'
  if (Array.isArray(value)) return value.every(isPlain) ? value.join('、') : JSON.stringify(value)
  return isPlain(value) ? String(value) : JSON.stringify(value)
}

const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object'

type Told = (path: readonly string[], from: unknown, to: unknown) => void

/** Goes down where both sides have parts; a list of plain words is one value. */
function walk(from: unknown, to: unknown, path: readonly string[], told: Told): void {
  if (JSON.stringify(from) === JSON.stringify(to)) return
  if (Array.isArray(from) && Array.isArray(to)) {
    if ([...from, ...to].every(isPlain)) told(path, from, to)
    else
      for (let at = 0; at < Math.max(from.length, to.length); at++)
        walk(from[at], to[at], [...path, String(at + 1)], told)
    return
  }
  if (isPlain(from) || isPlain(to) || Array.isArray(from) !== Array.isArray(to)) {
    told(path, from, to)
    return
  }
  const [old, next] = [from as Record<string, unknown>, to as Record<string, unknown>]
  for (const key of new Set([...Object.keys(old), ...Object.keys(next)]))
    walk(old[key], next[key], [...path, key], told)
}
