import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Rows by id. Rows must be plain JSON; change a row by `put`, since only `put` and `delete` mark it for saving. */
export interface Table<T> {
  get(id: string): T | undefined
  put(id: string, row: T): void
  delete(id: string): void
  all(): T[]
  entries(): [string, T][]
  find(fn: (row: T) => boolean): T | undefined
}

/** Everything the sandbox remembers: in memory, and in one JSON snapshot in the data directory. */
export interface Store {
  table<T>(name: string): Table<T>
  /** Writes the snapshot now when something has changed since the last one. */
  flush(): void
  /** Runs before each snapshot, so that a part can put its inner state into a table. */
  beforeSave(fn: () => void): void
  stop(): void
}

const SAVE_AFTER_MS = 250
/** A snapshot that took long waits this many times its own duration for the next, so that saving stays cheap. */
const REST_FACTOR = 20
const FILE_NAME = 'sandbox.json'

type Rows = Map<string, unknown>

function load(dataDir: string): Map<string, Rows> {
  const file = join(dataDir, FILE_NAME)
  if (!existsSync(file)) return new Map()
  const parsed = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>
  return new Map(Object.entries(parsed).map(([name, rows]) => [name, new Map(Object.entries(rows))]))
}

class SnapshotStore implements Store {
  private readonly tables: Map<string, Rows>
  private readonly hooks: (() => void)[] = []
  private dirty = false
  private lastSaveMs = 0
  private handle: NodeJS.Timeout | null = null

  constructor(private readonly dataDir: string | null) {
    this.tables = dataDir === null ? new Map() : load(dataDir)
  }

  table<T>(name: string): Table<T> {
    const rows = (this.tables.get(name) ?? new Map()) as Map<string, T>
    this.tables.set(name, rows)
    return {
      get: (id) => rows.get(id),
      put: (id, row) => {
        rows.set(id, row)
        this.touch()
      },
      delete: (id) => {
        if (rows.delete(id)) this.touch()
      },
      all: () => [...rows.values()],
      entries: () => [...rows],
      find: (fn) => {
        for (const row of rows.values()) if (fn(row)) return row
        return undefined
      },
    }
  }

  beforeSave(fn: () => void): void {
    this.hooks.push(fn)
  }

  // A rename within one directory is atomic, so a crash leaves the old snapshot or the new one, never half of one.
  flush(): void {
    if (this.handle) clearTimeout(this.handle)
    this.handle = null
    if (this.dataDir === null || !this.dirty) return
    const startedMs = performance.now()
    for (const hook of this.hooks) hook()
    const plain = Object.fromEntries([...this.tables].map(([name, rows]) => [name, Object.fromEntries(rows)]))
    mkdirSync(this.dataDir, { recursive: true })
    const file = join(this.dataDir, FILE_NAME)
    writeFileSync(`${file}.new`, JSON.stringify(plain))
    renameSync(`${file}.new`, file)
    this.dirty = false
    this.lastSaveMs = performance.now() - startedMs
    if (this.handle) clearTimeout(this.handle)
    this.handle = null
  }

  stop(): void {
    this.dirty = true
    this.flush()
  }

  private touch(): void {
    this.dirty = true
    if (this.dataDir === null || this.handle) return
    this.handle = setTimeout(() => this.flush(), Math.max(SAVE_AFTER_MS, this.lastSaveMs * REST_FACTOR))
    this.handle.unref()
  }
}

/** A store that loads its snapshot from `dataDir`; with null it lives in memory only. */
export function createStore(dataDir: string | null): Store {
  return new SnapshotStore(dataDir)
}
