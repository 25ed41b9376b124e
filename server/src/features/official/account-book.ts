import type { Config } from '../../platforms/whole-config'
import { readAccountBook } from './account-file'
import type { AccountBook } from './account-shape'
import type { Portal } from './reply'

const read = new WeakMap<Config, AccountBook>()

/** What the account of this portal says. Read once; the start has refused files that are wrong. */
export function accountBook(config: Config): AccountBook {
  const known = read.get(config)
  if (known) return known
  const found = readAccountBook(config.official.account, config.companies)
  if ('faults' in found) throw new Error(found.faults.join('\n'))
  read.set(config, found.value)
  return found.value
}

export function portalOf({ portal, http }: Config): Portal {
  return { name: portal.name, hotline: portal.hotline, publicUrl: http.publicUrl }
}
