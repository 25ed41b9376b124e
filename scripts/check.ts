import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { templateFaults } from '../server/src/features/notifications/template-files'
import { readRulePacks } from '../server/src/features/tariffs/pack-files'
import { consoleImportFaults } from './console-imports'
import { miniappImportFaults, missingPages, readAppConfig } from './miniapp-imports'
import { bin, endOnSignal, inParallel, inSeconds, type Ran, run } from './run'
import { listFiles, ROOT, readSources } from './sources'
import { tidyFaults } from './tidy'

/** One look at the whole code base; `faults` is empty when all is well. */
interface Check {
  readonly name: string
  readonly look: () => Promise<{ readonly ok: boolean; readonly output: string }>
}

const OWN_FOLDERS = [
  'server',
  'sandbox',
  'miniapp',
  'console',
  'scripts',
  'bench',
  'e2e',
  'config',
  'templates',
  'docs',
]
const OWN_FILES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md']
const DEPENDENCY_FOLDERS = ['server/src', 'sandbox/src', 'sandbox/web', 'scripts', 'bench', 'e2e']

const command = (name: string, program: string, args: readonly string[]): Check => ({
  name,
  look: async () => {
    const ran: Ran = await run(bin(program), args)
    return { ok: ran.code === 0, output: ran.output }
  },
})

const faultList = (name: string, find: () => Promise<readonly string[]> | readonly string[]): Check => ({
  name,
  look: async () => {
    const faults = await find()
    return { ok: faults.length === 0, output: faults.join('\n') }
  },
})

// The slow ones first, so that the two cores end together.
const checks: readonly Check[] = [
  command('types: server', 'tsc', ['-p', 'server/tsconfig.json']),
  command('types: miniapp', 'tsc', ['-p', 'miniapp/tsconfig.json']),
  command('types: console', 'tsc', ['-p', 'console/tsconfig.json']),
  command('types: sandbox', 'tsc', ['-p', 'sandbox/tsconfig.json']),
  command('types: sandbox pages', 'tsc', ['-p', 'sandbox/web/tsconfig.json']),
  command('types: scripts, bench, e2e', 'tsc', ['-p', 'tsconfig.json']),
  command('dead code (knip)', 'knip', ['--no-progress']),
  command(
    'who may use whom (dependency-cruiser)',
    'depcruise',
    ['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'].concat(DEPENDENCY_FOLDERS),
  ),
  command('format (biome)', 'biome', ['format', '.']),
  command('lint (oxlint)', 'oxlint', ['--deny-warnings']),
  faultList('who may use whom in the mini-program', async () => [
    ...(await miniappImportFaults()),
    ...missingPages(readAppConfig(), listFiles(['miniapp/src'])),
  ]),
  faultList('who may use whom in the console', () => consoleImportFaults()),
  faultList('house rules (tidy)', () => tidyFaults(readSources([...OWN_FOLDERS, ...OWN_FILES]))),
  faultList('configuration and templates are YAML', yamlFaults),
  faultList('price lists are sound and follow each other', () => readRulePacks().faults),
  faultList('message templates keep the rules of the platforms', () => templateFaults()),
]

function yamlFaults(): string[] {
  return listFiles(['config', 'templates'])
    .filter((path) => path.endsWith('.yaml'))
    .flatMap((path) =>
      parseDocument(readFileSync(join(ROOT, path), 'utf8')).errors.map(
        ({ message }) => `${path}: ${message}`,
      ),
    )
}

async function main(): Promise<void> {
  endOnSignal()
  const started = Date.now()
  let failed = 0
  await inParallel(checks, Math.max(2, Math.min(4, availableParallelism())), async ({ name, look }) => {
    const from = Date.now()
    const { ok, output } = await look()
    process.stdout.write(`${ok ? 'ok  ' : 'FAIL'}  ${name} (${inSeconds(Date.now() - from)})\n`)
    if (ok) return
    failed++
    process.stdout.write(`${output.trim().replace(/^/gm, '      ')}\n`)
  })
  process.stdout.write(`All checks took ${inSeconds(Date.now() - started)}.\n`)
  process.stdout.write(`${checks.length - failed} passed, ${failed} failed\n`)
  process.exitCode = failed === 0 ? 0 : 1
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
