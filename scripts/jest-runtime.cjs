const { statSync } = require('node:fs')
const { createRequire, isBuiltin } = require('node:module')
const { dirname } = require('node:path')
const { Script } = require('node:vm')
const { default: Runtime } = require('jest-runtime')

/**
 * Jest loads every module anew for every file of tests, and a quarter of a run would be nothing else. What runs in
 * production is loaded once per worker: packages by Node itself, the modules of the server and of the sandbox by
 * `shared` below; what they keep, they keep per database or per configuration, and every test has its own. Tests,
 * their helpers and the pages (whose tests replace modules) are loaded anew, but read and compiled once.
 */
module.exports = class WarmRuntime extends Runtime {
  constructor(config, ...others) {
    super(config, ...others)
    current = this
    const { transformCache, executor } = this
    for (const [filename, map] of mapsOfShared) transformCache.sourceMaps.set(filename, map)
    const transform = transformCache.transform.bind(transformCache)
    transformCache.transform = (filename, options) => {
      const key = `${config.id} ${options?.isInternalModule === true} ${filename}`
      return textOf(key, filename, transformCache, () => transform(filename, options))
    }
    executor.compile = (text, filename) => functionOf(text, filename, executor.injectedModuleParameters)
  }

  requireModule(from, moduleName, options, isRequireActual) {
    if (moduleName !== undefined && options?.isInternalModule !== true && !isInPackage(from)) {
      const isOurs = /^[./]/.test(moduleName) || isBuiltin(moduleName)
      const path = isOurs ? '' : this.requireBuilder.resolve(from, moduleName)
      if (isInPackage(path)) return require(path)
    }
    if (moduleName !== undefined && /^[./]/.test(moduleName)) {
      const path = this.requireBuilder.resolve(from, moduleName)
      if (isShared(path)) return shared(path)
    }
    return super.requireModule(from, moduleName, options, isRequireActual)
  }
}

const isInPackage = (path) => path.includes('/node_modules/')

const PRODUCT = /\/(server|sandbox)\/src\/.*\.ts$/
const OF_TESTS = /\.test\.ts$|\.fixture\.ts$|\/testing\/|\/test-[^/]*$/
/** Whoever watches changes modules between two files of tests. */
const isWatched = process.argv.some((arg) => arg.startsWith('--watch'))
const isShared = (path) => !isWatched && PRODUCT.test(path) && !OF_TESTS.test(path) && !isInPackage(path)

/** A worker runs one file of tests at a time; this is that file's. */
let current = null
const loaded = new Map()
/** Where jest looks for the line of an error, also in a later file of tests. */
const mapsOfShared = new Map()
const PARAMETERS = ['module', 'exports', 'require', '__dirname', '__filename']

/** What a module of the product exports, from the first time on which a worker needed it. */
function shared(path) {
  const known = loaded.get(path)
  if (known) return known.exports
  const module = { exports: {}, filename: path, id: path }
  loaded.set(path, module)
  const ofNode = createRequire(path)
  const requireFrom = (name) => {
    if (!/^[./]/.test(name)) return ofNode(name)
    const wanted = current.requireBuilder.resolve(path, name)
    if (isShared(wanted)) return shared(wanted)
    throw new Error(`${path} belongs to the product and may not load ${wanted}.`)
  }
  requireFrom.resolve = ofNode.resolve
  try {
    const { transformCache } = current
    const text = transformCache.transform(path)
    const map = transformCache.sourceMaps.get(path)
    if (map) mapsOfShared.set(path, map)
    const run = functionOf(text, path, PARAMETERS)
    run.call(module.exports, module, module.exports, requireFrom, dirname(path), path)
  } catch (error) {
    loaded.delete(path)
    throw error
  }
  return module.exports
}

const texts = new Map()

/** The file as JavaScript; made again when the file has changed, for `jest --watch`. */
function textOf(key, filename, { transforms, sourceMaps }, transform) {
  const { mtimeMs, size } = statSync(filename)
  let known = texts.get(key)
  if (known?.mtimeMs !== mtimeMs || known.size !== size) {
    const text = transform()
    known = { mtimeMs, size, text, made: transforms.get(filename) }
    texts.set(key, known)
  }
  // Where jest looks when it shows the line of an error.
  if (known.made) transforms.set(filename, known.made)
  if (known.made?.sourceMapPath) sourceMaps.set(filename, known.made.sourceMapPath)
  return known.text
}

const scripts = new Map()

/** The module's function. A script that ran before keeps what V8 compiled of it. */
function functionOf(text, filename, parameters) {
  let known = scripts.get(filename)
  if (known?.text !== text) {
    const head = `(function (${parameters.join(',')}) {`
    const script = new Script(`${head}${text}\n})`, { filename, columnOffset: -head.length })
    known = { text, script }
    scripts.set(filename, known)
  }
  return known.script.runInThisContext()
}
