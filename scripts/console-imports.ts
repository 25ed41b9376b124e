import { join } from 'node:path'
import { build } from 'esbuild'
import { cycleFault, type Graph, graphOf } from './import-graph'
import { listFiles, ROOT } from './sources'

/** The console's rules of who may use whom. Types are gone before this looks, as they are in the build. */
export async function consoleImportFaults(root = ROOT): Promise<string[]> {
  const entries = listFiles(['console/src'], root).filter((file) => file.endsWith('/main.tsx'))
  try {
    const { metafile } = await build({
      entryPoints: entries.map((file) => join(root, file)),
      absWorkingDir: root,
      bundle: true,
      write: false,
      metafile: true,
      outdir: 'unused',
      logLevel: 'silent',
      packages: 'external',
      jsx: 'automatic',
      alias: { '@yihu/contract': join(root, 'server/src/contract.ts') },
      loader: { '.css': 'empty', '.svg': 'empty', '.png': 'empty' },
    })
    const graph = graphOf(metafile)
    return [...consoleGraphFaults(graph), ...cycleFault(graph)]
  } catch (error) {
    return [`console: ${error instanceof Error ? error.message : String(error)}`]
  }
}

const featureOf = (file: string): string | null =>
  /^console\/src\/features\/([^/]+)\//.exec(file)?.[1] ?? null

/** What is wrong in a graph; each fault names both files and the way out. */
export function consoleGraphFaults(graph: Graph): string[] {
  return [...graph].flatMap(([file, uses]) =>
    uses.flatMap((used) => {
      const [from, to] = [featureOf(file), featureOf(used)]
      if (/^(server|sandbox|miniapp)\//.test(used))
        return [`${file} uses ${used} at run time — clients take types only: import type`]
      if (to !== null && from !== null && from !== to)
        return [
          `${file} uses ${used} — features of the console meet only in its routes: move it into src/kit`,
        ]
      if (to !== null && file.startsWith('console/src/kit/'))
        return [`${file} uses ${used} — the kit knows no feature: take it as an argument`]
      return []
    }),
  )
}
