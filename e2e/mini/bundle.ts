import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { MiniPlatform } from './platform-rules'

/** What of app.json the runner needs. */
export interface AppJson {
  readonly pages: readonly string[]
  readonly subPackages?: readonly { readonly root: string; readonly pages: readonly string[] }[]
  readonly usingComponents?: Readonly<Record<string, string>>
  readonly tabBar?: { readonly list?: readonly TabItem[]; readonly items?: readonly TabItem[] }
  readonly window?: Readonly<Record<string, unknown>>
  readonly themeLocation?: string
}
export interface TabItem {
  readonly pagePath: string
  readonly iconPath?: string
  readonly selectedIconPath?: string
  readonly icon?: string
  readonly activeIcon?: string
}

/** A compiled mini-program as it was when it was read; paths are relative to its top and have no leading slash. */
export class Bundle {
  readonly app: AppJson
  private readonly contents: ReadonlyMap<string, Buffer>

  constructor(
    folder: string,
    readonly platform: MiniPlatform,
  ) {
    this.contents = new Map(filesBelow(folder).map((file) => [file, readFileSync(join(folder, file))]))
    this.app = this.json<AppJson>('app.json')
  }

  files(): string[] {
    return [...this.contents.keys()]
  }

  has(file: string): boolean {
    return this.contents.has(file)
  }

  sizeBytes(file: string): number {
    return this.contents.get(file)?.length ?? 0
  }

  read(file: string): string {
    const found = this.contents.get(file)
    if (!found) throw new Error(`${file} is missing`)
    return found.toString('utf8')
  }

  json<T>(file: string): T {
    try {
      return JSON.parse(this.read(file)) as T
    } catch (error) {
      throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
  }

  /** Every page that app.json registers, main package first. */
  pages(): string[] {
    const further = (this.app.subPackages ?? []).flatMap(({ root, pages }) =>
      pages.map((page) => posix.join(root, page)),
    )
    return [...this.app.pages, ...further]
  }

  tabs(): string[] {
    const { list, items } = this.app.tabBar ?? {}
    return (list ?? items ?? []).map(({ pagePath }) => pagePath)
  }
}

function filesBelow(folder: string, path = ''): string[] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const below = posix.join(path, entry.name)
    return entry.isDirectory() ? filesBelow(folder, below) : [below]
  })
}

/** The path that `reference` in `from` means. */
export function resolvePath(from: string, reference: string): string {
  return reference.startsWith('/') ? reference.slice(1) : posix.join(posix.dirname(from), reference)
}
