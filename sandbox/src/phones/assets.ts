import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'

/** What the browser can ask for under /assets, and the bridges the phones inject. */
export type AssetName =
  | 'phones.js'
  | 'phones.css'
  | 'panel.js'
  | 'panel.css'
  | 'switch.js'
  | 'switch.css'
  | 'bridge-wechat.js'
  | 'bridge-alipay.js'

const SOURCES: Record<AssetName, string> = {
  'phones.js': 'phones.ts',
  'phones.css': 'phones.css',
  'panel.js': 'panel.ts',
  'panel.css': 'panel.css',
  'switch.js': 'switch.ts',
  'switch.css': 'switch.css',
  'bridge-wechat.js': 'bridge-wechat.ts',
  'bridge-alipay.js': 'bridge-alipay.ts',
}

const built = new Map<AssetName, Promise<string>>()

// The bundle of this process may stand in sandbox/dist as well as in sandbox/src, so the sources are looked for.
function webDirectory(): string {
  let directory = __dirname
  for (;;) {
    for (const candidate of [join(directory, 'web'), join(directory, 'sandbox', 'web')]) {
      if (existsSync(join(candidate, 'phones.ts'))) return candidate
    }
    const parent = dirname(directory)
    if (parent === directory) throw new Error('sandbox/web is missing beside the sandbox')
    directory = parent
  }
}

async function bundle(name: AssetName): Promise<string> {
  const isBridge = name.startsWith('bridge-')
  const result = await build({
    entryPoints: [join(webDirectory(), SOURCES[name])],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'silent',
    // A bridge carries its styles as text, because the page it visits may forbid style elements.
    ...(isBridge ? { loader: { '.css': 'text' as const } } : {}),
  })
  const [file] = result.outputFiles
  if (!file) throw new Error(`nothing was bundled for ${name}`)
  return file.text
}

/** True for a name that `asset` can build. */
export function isAssetName(name: string): name is AssetName {
  return Object.hasOwn(SOURCES, name)
}

/** The bundled text of a browser file; built on the first request and kept for the life of the process. */
export function asset(name: AssetName): Promise<string> {
  const existing = built.get(name)
  if (existing) return existing
  const fresh = bundle(name)
  built.set(name, fresh)
  // A failed build is tried again at the next request, with the sources as they are then.
  fresh.catch(() => built.delete(name))
  return fresh
}
