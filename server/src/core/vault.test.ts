import { createVault } from './vault'

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64')
const secrets = { vaultKeys: { k1: key(1) }, activeVaultKey: 'k1', indexKey: key(9) }

describe('the vault', () => {
  const vault = createVault(secrets)
  test('seals equal texts differently and indexes them equally', () => {
    expect(vault.seal('13812345678')).not.toBe(vault.seal('13812345678'))
    expect(vault.index('phone', '13812345678')).toBe(vault.index('phone', '13812345678'))
    expect(vault.index('phone', '13812345678')).not.toBe(vault.index('openid', '13812345678'))
  })
  test('opens what it sealed, beyond the basic plane too', () => {
    for (const text of ['', '张玉', '𠮷野家', 'a'.repeat(5000)])
      expect(vault.open(vault.seal(text))).toBe(text)
  })
  test('a flipped byte is an error and never garbage', () => {
    const sealed = vault.seal('13812345678')
    const bytes = Buffer.from(sealed.slice(3), 'base64url')
    for (let at = 0; at < bytes.length; at += 5) {
      const bent = Buffer.from(bytes)
      bent[at] = (bent[at] ?? 0) ^ 1
      expect(() => vault.open(`k1.${bent.toString('base64url')}`)).toThrow(/authenticate|Invalid/)
    }
  })
  test('old rows stay readable after a new key took over, and name the key that is gone', () => {
    const old = vault.seal('张玉')
    const rotated = createVault({ ...secrets, vaultKeys: { k1: key(1), k2: key(2) }, activeVaultKey: 'k2' })
    expect(rotated.open(old)).toBe('张玉')
    expect(rotated.seal('张玉')).toMatch(/^k2\./)
    const lost = createVault({ ...secrets, vaultKeys: { k2: key(2) }, activeVaultKey: 'k2' })
    expect(() => lost.open(old)).toThrow('k1')
  })
})
