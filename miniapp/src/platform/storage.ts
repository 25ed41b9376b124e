import Taro from '@tarojs/taro'
import { login } from './login'

// Two wallets on one origin (as on the sandbox's page of phones) must not share a session.
const keyOf = (name: string) => `yihu.${login.environment}.${name}`

/** What was stored under this name; null when there is nothing or it cannot be read. */
export function load<T>(name: string): T | null {
  try {
    const found: unknown = Taro.getStorageSync(keyOf(name))
    return found === '' || found === undefined || found === null ? null : (found as T)
  } catch {
    return null
  }
}

/** Keeps a JSON value. A full storage loses convenience, never money, so it is not an error. */
export function save(name: string, value: unknown): void {
  try {
    Taro.setStorageSync(keyOf(name), value)
  } catch {
    forget(name)
  }
}

/** Keeps what must not be lost. Throws when this phone has no room for it; what was kept before stays. */
export function saveSurely(name: string, value: unknown): void {
  Taro.setStorageSync(keyOf(name), value)
}

export function forget(name: string): void {
  try {
    Taro.removeStorageSync(keyOf(name))
  } catch {
    // Nothing was there to forget.
  }
}

const cacheIndex = 'cache-names'
/** A phone gives an app ten megabytes for everything; what was looked at long ago makes room. */
const mostKept = 60

/** Keeps an answer for when the network is gone, and its name, so that signing out can forget all of them. */
export function saveCache(name: string, value: unknown): void {
  const names = load<string[]>(cacheIndex) ?? []
  if (names[names.length - 1] !== name) {
    const newestLast = [...names.filter((known) => known !== name), name]
    for (const old of newestLast.slice(0, -mostKept)) forget(old)
    save(cacheIndex, newestLast.slice(-mostKept))
  }
  save(name, value)
}

/** Forgets every kept answer: they are one resident's, and the next one must not meet them offline. */
export function forgetCaches(): void {
  for (const name of load<string[]>(cacheIndex) ?? []) forget(name)
  forget(cacheIndex)
}
