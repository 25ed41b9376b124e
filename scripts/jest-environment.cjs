const { ModernFakeTimers } = require('@jest/fake-timers')
const { ModuleMocker } = require('jest-mock')

/**
 * Tests run in the very realm of the process. Jest's own environment makes a realm for each file, in which every global
 * is looked up through a proxy, and in which an error of Node is no `Error`, as it is in production. What a file
 * leaves on the globals, on the process or in its environment is taken away after it.
 */
module.exports = class OneRealm {
  constructor({ projectConfig }) {
    this.global = globalThis
    this.moduleMocker = new ModuleMocker(globalThis)
    this.fakeTimers = null
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis })
    this.kept = [
      keep(globalThis),
      keep(process.env),
      // Only what is called on the process: its listeners and counters are kept there, too, and change by right.
      keep(process, ({ value }) => typeof value === 'function'),
    ]
  }

  getVmContext() {
    return this.global
  }

  exportConditions() {
    return ['node', 'node-addons']
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose()
    for (const restore of this.kept) restore()
  }
}

/** Remembers an object's own properties of a kind, and gives what puts them back. */
function keep(object, isMeant = () => true) {
  const before = propertiesOf(object, isMeant)
  return () => {
    for (const key of propertiesOf(object, isMeant).keys()) if (!before.has(key)) delete object[key]
    for (const [key, property] of before) {
      const now = Object.getOwnPropertyDescriptor(object, key)
      // Node turns a lazy global into its value when it is first looked at; that is no change.
      const isChanged = now === undefined || ('value' in property && now.value !== property.value)
      if (isChanged) Object.defineProperty(object, key, property)
    }
  }
}

function propertiesOf(object, isMeant) {
  const all = Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key)])
  return new Map(all.filter(([, property]) => isMeant(property)))
}
