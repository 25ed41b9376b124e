import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

/** Seals personal data at rest and makes blind indexes to find it by. */
export interface Vault {
  /** AES-256-GCM; the answer carries the key's id, so that keys can be rotated. Equal texts seal differently. */
  seal(text: string): string
  /** Throws when the text was altered or its key is gone. */
  open(sealed: string): string
  /** 64 hex characters that are equal exactly when kind and text are; one way. */
  index(kind: string, text: string): string
}

export interface VaultSecrets {
  readonly vaultKeys: Readonly<Record<string, string>>
  readonly activeVaultKey: string
  readonly indexKey: string
}

const NONCE_BYTES = 12
const TAG_BYTES = 16
const NONCES_AT_ONCE = 1024

// Asking the kernel for twelve bytes at a time costs more than the sealing itself, and an import seals thousands.
let nonces = Buffer.alloc(0)
let nonceAt = 0
function nextNonce(): Buffer {
  if (nonceAt === nonces.length) {
    nonces = randomBytes(NONCE_BYTES * NONCES_AT_ONCE)
    nonceAt = 0
  }
  nonceAt += NONCE_BYTES
  return nonces.subarray(nonceAt - NONCE_BYTES, nonceAt)
}

export function createVault(secrets: VaultSecrets): Vault {
  const keys = new Map(Object.entries(secrets.vaultKeys).map(([id, key]) => [id, Buffer.from(key, 'base64')]))
  const active = secrets.activeVaultKey
  const activeKey = keyOf(keys, active)
  const indexKey = Buffer.from(secrets.indexKey, 'base64')
  return {
    seal: (text) => {
      const nonce = nextNonce()
      const cipher = createCipheriv('aes-256-gcm', activeKey, nonce, { authTagLength: TAG_BYTES })
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${active}.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`
    },
    open: (sealed) => {
      const dot = sealed.indexOf('.')
      const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url')
      const key = keyOf(keys, sealed.slice(0, dot))
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
      const body = bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
    },
    index: (kind, text) => createHmac('sha256', indexKey).update(`${kind}\n${text}`).digest('hex'),
  }
}

function keyOf(keys: ReadonlyMap<string, Buffer>, id: string): Buffer {
  const key = keys.get(id)
  if (!key)
    throw new Error(
      `The vault has no key named ${id}: a row was sealed under a key that is no longer configured.`,
    )
  return key
}
