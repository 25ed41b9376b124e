import { join } from 'node:path'
import { build } from 'esbuild'
import { ROOT } from '../../scripts/sources'

/** Bundles `bench/<name>.ts` as the server is bundled, so that neither side of a comparison is transformed at run time. */
export async function childProgram(name: string): Promise<string> {
  const outfile = join(ROOT, '.test/bench/programs', `${name}.cjs`)
  await build({
    entryPoints: [join(ROOT, 'bench', `${name}.ts`)],
    outfile,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    bundle: true,
    packages: 'external',
    logLevel: 'warning',
  })
  return outfile
}
