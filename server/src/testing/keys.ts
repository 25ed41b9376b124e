import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../core/config/load'

interface TestKey {
  readonly privateKeyPem: string
  readonly publicKeyPem: string
}

let cached: TestKey | null = null

/** One RSA pair for all tests of a machine: making one takes longer than most tests. */
export function testKey(): TestKey {
  if (cached) return cached
  const file = join(projectRoot(), '.test', 'key.json')
  if (!existsSync(file)) {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
    mkdirSync(join(projectRoot(), '.test'), { recursive: true })
    const text = JSON.stringify({
      privateKeyPem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      publicKeyPem: pair.publicKey.export({ type: 'spki', format: 'pem' }),
    })
    // Test files start side by side; the rename makes the file appear whole.
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, text)
    renameSync(draft, file)
  }
  cached = JSON.parse(readFileSync(file, 'utf8')) as TestKey
  return cached
}
