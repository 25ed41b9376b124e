import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** The project's top folder; every script runs from it. */
export const ROOT = join(__dirname, '..')

/** A file of the project: path from the top folder with forward slashes, and its text. */
export interface Source {
  readonly path: string
  readonly text: string
}

const SKIPPED = /^(node_modules|dist.*|coverage|\.(?!ci$|oxlintrc|dependency-cruiser).*)$/

/** Paths of all files below those folders (or the files themselves), from the top folder, in order. */
export function listFiles(places: readonly string[], root = ROOT): string[] {
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (SKIPPED.test(entry.name)) return []
      const path = join(folder, entry.name)
      return entry.isDirectory() ? walk(path) : [relative(root, path).replaceAll('\\', '/')]
    })
  return places.flatMap((place) => {
    try {
      return walk(join(root, place))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOTDIR') return [place]
      if (code === 'ENOENT') return []
      throw error
    }
  })
}

/** Reads those of the files that are text we write. */
export function readSources(places: readonly string[], root = ROOT): Source[] {
  return listFiles(places, root)
    .filter((path) => /\.(ts|tsx|mjs|cjs|yaml|yml|scss|css|md|json|html)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}
