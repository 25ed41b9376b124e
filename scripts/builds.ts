import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { bin, run } from './run'
import { listFiles, ROOT } from './sources'

/** Something made from sources into a folder, and left alone as long as those sources stay the same. */
export interface Build {
  readonly name: string
  /** The folder it goes to, from the top folder. */
  readonly output: string
  /** A file that is there once the build has worked. */
  readonly proof: string
  readonly inputs: readonly string[]
  /** Names of environment variables that go into the result. */
  readonly settings?: readonly string[]
  readonly make: (root: string) => Promise<void>
}

/** `entries` names each file that can be started, and the source it begins with. */
const node = (name: string, entries: Readonly<Record<string, string>> = { main: 'src/main.ts' }): Build => ({
  name,
  output: `${name}/dist`,
  proof: `${name}/dist/main.cjs`,
  inputs: [`${name}/src`, `${name}/package.json`, 'tsconfig.base.json'],
  make: async (root) => {
    await build({
      entryPoints: Object.entries(entries).map(([out, source]) => ({ in: join(root, name, source), out })),
      outdir: join(root, name, 'dist'),
      outExtension: { '.js': '.cjs' },
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      bundle: true,
      packages: 'external',
      sourcemap: true,
      logLevel: 'warning',
    })
  },
})

export type Wallet = 'weapp' | 'alipay' | 'h5'

const wallet = (type: Wallet): Build => ({
  name: `mini-program for ${type}`,
  output: `miniapp/dist/${type}`,
  proof: `miniapp/dist/${type}/${type === 'h5' ? 'index.html' : 'app.json'}`,
  inputs: [
    'miniapp/src',
    'miniapp/config',
    'miniapp/babel.config.js',
    'miniapp/package.json',
    'miniapp/project.config.json',
    'miniapp/mini.project.json',
    'package-lock.json',
  ],
  settings: ['TARO_APP_API_ORIGIN'],
  make: async (root) => {
    const ran = await run(bin('taro'), ['build', '--no-check', '--type', type], {
      cwd: join(root, 'miniapp'),
      env: { NODE_ENV: 'production' },
    })
    // Taro ends with 0 on some errors, so its words count as well.
    if (ran.code !== 0 || /Module not found|Failed to compile|编译失败/.test(ran.output)) {
      throw new Error(`The mini-program could not be built for ${type}:\n${ran.output}`)
    }
  },
})

/** The staff console, made by Vite. */
export const consoleBuild: Build = {
  name: 'staff console',
  output: 'console/dist',
  proof: 'console/dist/index.html',
  inputs: [
    'console/src',
    'console/index.html',
    'console/vite.config.ts',
    'console/package.json',
    'package-lock.json',
  ],
  make: async (root) => {
    const ran = await run(join(root, 'console/node_modules/.bin/vite'), ['build'], {
      cwd: join(root, 'console'),
    })
    if (ran.code !== 0) throw new Error(`The staff console could not be built:\n${ran.output}`)
  },
}

export const serverBuild = node('server', {
  main: 'src/main.ts',
  // What strangers upload is decoded by processes of its own (features/files/decoder/pool.ts starts them).
  decoder: 'src/features/files/decoder/main.ts',
})
export const sandboxBuild = node('sandbox')
export const walletBuild: Readonly<Record<Wallet, Build>> = {
  weapp: wallet('weapp'),
  alipay: wallet('alipay'),
  h5: wallet('h5'),
}

/** What the sources say now: paths and contents, tests left out, because no build contains them. */
function fingerprint(inputs: readonly string[], root = ROOT): string {
  const hash = createHash('sha256')
  const files = listFiles(inputs, root).filter((file) => !/\.test\.tsx?$/.test(file))
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

/** Builds unless what is there was made from these very sources. Gives true when it built. */
export async function makeFresh(wanted: Build, root = ROOT): Promise<boolean> {
  const stamp = join(root, 'node_modules/.cache/yihu', wanted.proof.replaceAll('/', '-'))
  const settings = (wanted.settings ?? []).map((name) => `${name}=${process.env[name] ?? ''}\n`)
  const now = `${settings.join('')}${fingerprint(wanted.inputs, root)}`
  const isThere = existsSync(join(root, wanted.proof))
  if (isThere && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return false
  await wanted.make(root)
  if (!existsSync(join(root, wanted.proof)))
    throw new Error(`${wanted.name}: the build left no ${wanted.proof}`)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, now)
  return true
}
