import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { cycleFault, type Graph, graphOf } from './import-graph'
import { listFiles, ROOT } from './sources'

/**
 * The mini-program's rules of who may use whom, once per wallet, because each wallet resolves its own
 * `*.weapp.ts`, `*.alipay.ts` or `*.h5.ts`. Types are gone before this looks, as they are in the build.
 */
export async function miniappImportFaults(root = ROOT): Promise<string[]> {
  const files = listFiles(['miniapp/src'], root)
  const perWallet = await Promise.all(
    ['weapp', 'alipay', 'h5'].map(async (wallet) => {
      const graph = await importGraph(root, files, wallet)
      return typeof graph === 'string' ? [graph] : graphFaults(graph)
    }),
  )
  return [...new Set(perWallet.flat())]
}

async function importGraph(root: string, files: readonly string[], wallet: string): Promise<Graph | string> {
  const entries = files.filter((file) => /\/(app|index)\.tsx?$/.test(file) && !file.includes('.config.'))
  const extensions = ['tsx', 'ts', 'scss'].map((ext) => `.${ext}`)
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
      resolveExtensions: [...extensions.map((ext) => `.${wallet}${ext}`), ...extensions],
      loader: { '.scss': 'empty', '.css': 'empty', '.png': 'empty', '.svg': 'empty' },
    })
    return graphOf(metafile)
  } catch (error) {
    return `miniapp (${wallet}): ${error instanceof Error ? error.message : String(error)}`
  }
}

/** `miniapp/src/pages/bill/index.tsx` → `bill`, `miniapp/src/field/…` → `field`, and the other roots alike; null outside a subpackage. */
function pageOf(file: string): string | null {
  return (
    /^miniapp\/src\/(?:pages\/)?((?<=pages\/)[^/]+|field|requests|notices|chat|codes|hall|meter|usage|heat|papers)\//.exec(
      file,
    )?.[1] ?? null
  )
}

/** What is wrong in a graph; each fault names both files and the way out. */
function graphFaults(graph: Graph): string[] {
  const faults: string[] = []
  for (const [file, uses] of graph) {
    for (const used of uses) {
      const page = pageOf(used)
      if (used.startsWith('server/') || used.startsWith('sandbox/')) {
        faults.push(`${file} uses ${used} at run time — clients take types only: import type`)
      } else if (page !== null && page !== pageOf(file)) {
        faults.push(
          `${file} uses ${used} — every page is a subpackage of its own: what two need belongs into src/parts`,
        )
      }
    }
  }
  return [...faults, ...cycleFault(graph)]
}

interface AppConfig {
  readonly pages: readonly string[]
  readonly subPackages?: readonly { readonly root: string; readonly pages: readonly string[] }[]
}

/** Pages that the mini-program names but that have no file; a wallet shows a white screen for those. */
export function missingPages(config: AppConfig, files: readonly string[]): string[] {
  const named = [
    ...config.pages,
    ...(config.subPackages ?? []).flatMap((part) => part.pages.map((page) => `${part.root}/${page}`)),
  ]
  const faults = named
    .filter((page) => !files.includes(`miniapp/src/${page}.tsx`))
    .map((page) => `miniapp/src/app.config.ts names ${page}, but miniapp/src/${page}.tsx does not exist`)
  const built = new Set(named.map((page) => dirname(`miniapp/src/${page}.tsx`)))
  const forgotten = files
    .filter((file) => /^miniapp\/src\/pages\/[^/]+\/index\.tsx$/.test(file) && !built.has(dirname(file)))
    .map((file) => `${file} is in no list of miniapp/src/app.config.ts — add it there, or delete it`)
  return [...faults, ...forgotten]
}

/** Reads `app.config.ts` as Taro does, through its global function. */
export function readAppConfig(root = ROOT): AppConfig {
  const scope = globalThis as { defineAppConfig?: (config: AppConfig) => AppConfig }
  scope.defineAppConfig = (config) => config
  // oxlint-disable-next-line typescript/no-require-imports -- the file needs the global above before it is loaded.
  const loaded = require(join(root, 'miniapp/src/app.config.ts')) as { default: AppConfig }
  return loaded.default
}
