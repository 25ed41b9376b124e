const { statSync } = require('node:fs')
const { isBuiltin } = require('node:module')
const { Script } = require('node:vm')
const { default: Runtime } = require('jest-runtime')

/**
 * Jest loads every module anew for every file of tests. So do we with our own modules, which keep nothing from one
 * file to the next, but a worker reads, transforms and compiles each of them once. Packages are loaded once per
 * worker by Node itself, as in production.
 */
module.exports = class WarmRuntime extends Runtime {
  constructor(config, ...others) {
    super(config, ...others)
    const { transformCache, executor } = this
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
    return super.requireModule(from, moduleName, options, isRequireActual)
  }
}

const isInPackage = (path) => path.includes('/node_modules/')

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
