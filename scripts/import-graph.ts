import type { Metafile } from 'esbuild'

/** File → the files of the project it uses. */
export type Graph = ReadonlyMap<string, readonly string[]>

/** The graph of one bundle that esbuild would make. */
export function graphOf(metafile: Metafile): Graph {
  return new Map(
    Object.entries(metafile.inputs).map(([file, { imports }]) => [
      file,
      imports.filter((one) => !one.external).map((one) => one.path),
    ]),
  )
}

/** The first way round, as file → … → the same file; null when there is none. */
export function findCycle(graph: Graph): string[] | null {
  const done = new Set<string>()
  const visit = (file: string, way: readonly string[]): string[] | null => {
    const at = way.indexOf(file)
    if (at >= 0) return [...way.slice(at), file]
    if (done.has(file)) return null
    for (const used of graph.get(file) ?? []) {
      const cycle = visit(used, [...way, file])
      if (cycle) return cycle
    }
    done.add(file)
    return null
  }
  for (const file of graph.keys()) {
    const cycle = visit(file, [])
    if (cycle) return cycle
  }
  return null
}

/** The fault that a way round is, in words; none when there is no way round. */
export function cycleFault(graph: Graph): string[] {
  const cycle = findCycle(graph)
  return cycle ? [`${cycle.join(' → ')} — these need each other: move what both use into a third file`] : []
}
