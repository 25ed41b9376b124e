import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { makeFresh, walletBuild } from '../scripts/builds'
import { ROOT } from '../scripts/sources'
import { type BenchResult, round, say } from './lib/result'

const MAIN_MAX = 700 * 1024
const SUBPACKAGE_MAX = 300 * 1024
const H5_MAX = 180 * 1024

/** What a resident downloads before the first page: the mini-program's packages, and the browser's first scripts. */
export async function benchSize(): Promise<BenchResult> {
  for (const wallet of ['weapp', 'h5'] as const) {
    if (await makeFresh(walletBuild[wallet])) say(`built for ${wallet}`)
  }
  const { mainBytes, subpackages } = packagesOf(join(ROOT, walletBuild.weapp.output))
  const h5GzipBytes = firstScripts(join(ROOT, walletBuild.h5.output))
  say(`weapp main package: ${mainBytes} bytes of at most ${MAIN_MAX}`)
  for (const [root, bytes] of Object.entries(subpackages))
    say(`weapp ${root}: ${bytes} bytes of at most ${SUBPACKAGE_MAX}`)
  say(`H5 first load: ${h5GzipBytes} bytes of gzipped JavaScript of at most ${H5_MAX}`)
  return {
    name: 'size',
    ratio: round(mainBytes / MAIN_MAX),
    ours: mainBytes,
    floor: MAIN_MAX,
    unit: 'bytes of the weapp main package',
    subpackages,
    h5GzipBytes,
    passed:
      mainBytes <= MAIN_MAX &&
      h5GzipBytes <= H5_MAX &&
      Object.values(subpackages).every((bytes) => bytes < SUBPACKAGE_MAX),
  }
}

function packagesOf(folder: string): { mainBytes: number; subpackages: Record<string, number> } {
  const app = JSON.parse(readFileSync(join(folder, 'app.json'), 'utf8')) as {
    subPackages?: { root: string }[]
    subpackages?: { root: string }[]
  }
  const roots = (app.subPackages ?? app.subpackages ?? []).map(({ root }) => root)
  const subpackages = Object.fromEntries(roots.map((root) => [root, bytesBelow(join(folder, root))]))
  const inSubpackages = Object.values(subpackages).reduce((sum, bytes) => sum + bytes, 0)
  return { mainBytes: bytesBelow(folder) - inSubpackages, subpackages }
}

/** What DevTools would upload: licences and maps stay behind. */
function bytesBelow(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sum + bytesBelow(path)
    return /\.(map|txt|md)$/.test(entry.name) ? sum : sum + statSync(path).size
  }, 0)
}

/** The scripts that index.html names; the rest is fetched when its page is opened. */
function firstScripts(folder: string): number {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const sources = [...html.matchAll(/<script[^>]+src="([^"]+)"/g)].map((match) => match[1] ?? '')
  const inline = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '').join('')
  const files = sources.map((source) =>
    readFileSync(join(folder, source.replace(/^\.?\//, '').split('?')[0] ?? '')),
  )
  return files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, gzipSync(inline).length)
}
