import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoSecrets } from './demo-config'
import { ROOT } from './sources'

const KEY_MAKERS = ['scripts/demo-config.ts', 'sandbox/src/keys.ts']

/**
 * Gives a private portal's data folder its keys. Making two dozen RSA keys takes seconds, so the keys of one run serve
 * the next, until what makes them is changed; they open nothing but such private portals.
 */
export function keptKeys(dataDir: string): ReturnType<typeof demoSecrets> {
  const kept = join(ROOT, '.test', `keys-${digestOf(KEY_MAKERS)}.json`)
  const keys = join(dataDir, 'keys.json')
  if (existsSync(kept)) copyFileSync(kept, keys)
  const secrets = demoSecrets(dataDir)
  mkdirSync(join(ROOT, '.test'), { recursive: true })
  copyFileSync(keys, kept)
  return secrets
}

function digestOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(join(ROOT, file)))
  return hash.digest('hex').slice(0, 12)
}
