import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Programs of the system that the tests (and `--engine mariadb`) need beside Node. */
export type Tool = 'mariadb' | 'redis' | 'chromium' | 'cjk-font'

interface ToolFacts {
  /** Debian's packages that bring it. */
  readonly packages: readonly string[]
  readonly present: () => boolean
}

const facts: Readonly<Record<Tool, ToolFacts>> = {
  mariadb: {
    packages: ['mariadb-server-core', 'mariadb-client-core'],
    present: () => locate('mariadbd') !== null && locate('mariadb-install-db') !== null,
  },
  redis: { packages: ['redis-server'], present: () => locate('redis-server') !== null },
  // The whole browser also draws windows nobody sees: a long journey takes a seventh longer in it.
  chromium: {
    packages: ['chromium-headless-shell'],
    present: () => locate('chromium-headless-shell') !== null,
  },
  'cjk-font': { packages: ['fonts-noto-cjk'], present: hasChineseFont },
}

/** Where a program may stand beside PATH: servers are in sbin, which a plain user's PATH often lacks. */
const FURTHER_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin']

function locate(program: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...FURTHER_FOLDERS]
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null
}

/** The path of a program, or an error that names it. */
export function findTool(program: string): string {
  const path = locate(program)
  if (path === null) throw new Error(`${program} is not installed on this machine`)
  return path
}

function hasChineseFont(): boolean {
  const list = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
  return list.status === 0 && list.stdout.trim() !== ''
}

/** The packages still needed for those tools, in the order asked. */
export function packagesFor(
  tools: readonly Tool[],
  present: (tool: Tool) => boolean = (tool) => facts[tool].present(),
): string[] {
  return tools.filter((tool) => !present(tool)).flatMap((tool) => [...facts[tool].packages])
}

/** What to tell someone whose machine we cannot change. */
export function howToInstall(packages: readonly string[], why: string): string {
  return (
    `Not installed: ${packages.join(', ')} (names of Debian packages).\n` +
    `They are not installed for you because ${why}. Install them and run this again:\n` +
    `  sudo apt-get update && sudo apt-get install --no-install-recommends ${packages.join(' ')}`
  )
}

/**
 * Installs what is missing, when this is root on a machine with apt; else throws with the command to type. No
 * service is started: policy-rc.d answers 101 for the time of the installation, and one that is already there stays.
 */
export function ensureTools(tools: readonly Tool[]): void {
  const packages = packagesFor(tools)
  if (packages.length === 0) return
  if (locate('apt-get') === null) throw new Error(howToInstall(packages, 'this machine has no apt'))
  if (process.getuid?.() !== 0) throw new Error(howToInstall(packages, 'you are not root'))
  process.stderr.write(`Installing ${packages.join(', ')} …\n`)
  const stdio: ['ignore', 'ignore', 'inherit'] = ['ignore', 'ignore', 'inherit']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  withoutStartingServices(() => {
    // A package list of some third party may fail to load while Debian's own is fine, so the install decides.
    spawnSync('apt-get', ['update', '-q'], { stdio, env })
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { stdio, env })
  })
  const missing = packagesFor(tools)
  if (missing.length > 0) throw new Error(howToInstall(missing, 'apt-get install did not bring them'))
}

const POLICY = '/usr/sbin/policy-rc.d'

function withoutStartingServices(install: () => void): void {
  const ours = !existsSync(POLICY)
  if (ours) {
    execFileSync('sh', ['-c', `printf '#!/bin/sh\\nexit 101\\n' > ${POLICY} && chmod 755 ${POLICY}`])
  }
  try {
    install()
  } finally {
    if (ours) execFileSync('rm', ['-f', POLICY])
  }
}
