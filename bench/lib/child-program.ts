import { join } from 'node:path'
import { build } from 'esbuild'
import { ROOT } from '../../scripts/sources'

const programs = new Map<string, Promise<string>>()

/**
 * Bundles `bench/<name>.ts` as the server is bundled, so that neither side of a comparison is transformed at run time.
 * Once in a process: two engines that start side by side must not read what the other is just writing.
 */
export function childProgram(name: string): Promise<string> {
  const made = programs.get(name) ?? bundled(name)
  programs.set(name, made)
  return made
}

async function bundled(name: string): Promise<string> {
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
