// The door of every npm command. Plain Node without dependencies, because on a fresh clone there are none yet:
// checks Node, installs what package-lock.json asks for, builds the one native package, then runs
// scripts/<command>.ts.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const COMPILER = ['python3', 'make', 'g++']

const [command, ...args] = process.argv.slice(2)
const script = join(root, 'scripts', `${command}.ts`)

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const known = major > 22 || (major === 22 && minor >= 14) || (major === 20 && minor >= 19)
  if (known) return
  fail(
    `Yihu needs Node 20.19 or newer, or 22.14 or newer; this is ${process.versions.node}. See https://nodejs.org/en/download`,
  )
}

/** The packages a lock file names, without links to the workspaces and without those of other systems. */
function packagesIn(file) {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'))
  return Object.entries(packages).filter(
    ([path, entry]) => path.includes('node_modules/') && !entry.link && !entry.optional,
  )
}

/** Whether node_modules holds what package-lock.json asks for, by npm's own record of what it installed. */
function isInstalled() {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  const there = new Map(packagesIn(record))
  return packagesIn(join(root, 'package-lock.json')).every(
    ([path, entry]) => there.get(path)?.version === entry.version,
  )
}

function npm(words, extraEnv = {}) {
  const result = spawnSync('npm', words, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...extraEnv },
    shell: process.platform === 'win32',
  })
  return result.status === 0
}

// `npm ci` would refuse a lock file that lacks the native parts for other systems (a registry need not have them
// all), and would delete everything first, also below a server that is running.
function install() {
  if (existsSync(modules) && isInstalled()) return
  process.stderr.write(
    'Installing the packages of package-lock.json (the first time takes a minute or two) …\n',
  )
  if (!npm(['install', '--no-save'])) fail('npm could not install the packages; the lines above say why.')
}

// Asked in a process of its own: a binary for another Node may end the process that loads it.
function sqliteLoads() {
  const probe = "new (require('better-sqlite3'))(':memory:').close()"
  return spawnSync(process.execPath, ['-e', probe], { cwd: root, stdio: 'ignore' }).status === 0
}

function rebuildSqlite() {
  const headers = existsSync('/usr/include/node/node.h') ? { npm_config_nodedir: '/usr' } : {}
  npm(['rebuild', 'better-sqlite3', '--ignore-scripts=false'], headers)
  return sqliteLoads()
}

/** On a fresh Debian machine the compiler may be missing; as root we may bring it. */
function installCompiler() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  process.stderr.write(`Installing a compiler: ${COMPILER.join(', ')} …\n`)
  const apt = (words) => spawnSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
  apt(['update', '-q'])
  return apt(['install', '-y', '-q', '--no-install-recommends', ...COMPILER])
}

// Install scripts are off (.npmrc says why), so the embedded database's binary is fetched or compiled here.
function buildNative() {
  if (sqliteLoads()) return
  process.stderr.write(
    'Building better-sqlite3 (seconds when its binary can be fetched, else about a minute) …\n',
  )
  if (rebuildSqlite() || (installCompiler() && rebuildSqlite())) return
  fail(
    'better-sqlite3 could not be built. It needs its prebuilt file from GitHub, or a compiler: ' +
      `apt-get install ${COMPILER.join(' ')}`,
  )
}

function run() {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { cwd: root, stdio: 'inherit' })
  // The script stops its things in order and may hear of Ctrl-C twice, from the terminal and from here.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // npm that is told to end takes only its shell along; without this everything would run on without it.
  const parent = process.ppid
  if (process.env.npm_lifecycle_event !== undefined) {
    setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref()
  }
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 1)))
}

checkNode()
if (command === undefined || !existsSync(script)) fail(`There is no scripts/${command}.ts.`)
install()
buildNative()
run()
