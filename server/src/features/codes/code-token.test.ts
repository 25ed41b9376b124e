import { createHmac } from 'node:crypto'
import { codeUrl, makeToken, readToken } from './code-token'

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64')
const ctx = (codeKeys: Record<string, string>, activeCodeKey = '1') => ({
  config: { secrets: { vaultKeys: {}, activeVaultKey: '', indexKey: '', codeKeys, activeCodeKey } },
})
const here = ctx({ '1': key(9) })
const CODE = { publicId: '00ff10203040506070ab', keyId: 1 }
const token = makeToken(here, CODE)

test('a token is 28 letters, digits, - and _, and names the code it was made for', () => {
  expect(token).toMatch(/^[A-Za-z0-9_-]{28}$/)
  expect(readToken(here, token)).toEqual(CODE)
  const url = { config: { ...here.config, http: { publicUrl: 'https://pay.example.com' } } }
  expect(codeUrl(url as Parameters<typeof codeUrl>[0], CODE)).toBe(`https://pay.example.com/q/${token}`)
})

test('a token with any single bit changed is refused', () => {
  const bytes = Buffer.from(token, 'base64url')
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const spoilt = Buffer.from(bytes)
    spoilt.writeUInt8(spoilt.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    expect([bit, readToken(here, spoilt.toString('base64url'))]).toEqual([bit, null])
  }
})

test('a token that was cut short or has something behind it is refused', () => {
  for (let length = 0; length < token.length; length++)
    expect(readToken(here, token.slice(0, length))).toBeNull()
  for (const more of [`${token}A`, `${token}=`, ` ${token}`, `${token}\n`, token.replace(/.$/, '+')])
    expect(readToken(here, more)).toBeNull()
})

test('a token of another version is refused though its signature is right', () => {
  // Signed by hand, as a version 0 or 2 of ours would be.
  for (const version of [0, 2, 15]) {
    const body = Buffer.concat([Buffer.from([(version << 4) | 1]), Buffer.from(CODE.publicId, 'hex')])
    const mac = createHmac('sha256', Buffer.alloc(32, 9))
      .update('yihu household code\n')
      .update(body)
      .digest()
    const other = Buffer.concat([body, mac.subarray(0, 10)]).toString('base64url')
    expect(readToken(here, other)).toBeNull()
  }
})

test('keys change without reprinting: the old key’s codes hold as long as it stays, and no longer', () => {
  const both = ctx({ '1': key(9), '2': key(10) }, '2')
  expect(readToken(both, token)).toEqual(CODE)
  expect(readToken(both, makeToken(both, { ...CODE, keyId: 2 }))).toEqual({ ...CODE, keyId: 2 })
  const after = ctx({ '2': key(10) }, '2')
  expect(readToken(after, token)).toBeNull()
  expect(() => makeToken(after, CODE)).toThrow('code key 1')
})

test('who has no key of ours makes nothing that we take, not even with the key that stands in for a missing one', () => {
  expect(readToken(here, makeToken(ctx({ '1': key(8) }), CODE))).toBeNull()
  const standIn = Buffer.alloc(32, 0xa5).toString('base64')
  expect(readToken(here, makeToken(ctx({ '7': standIn }), { ...CODE, keyId: 7 }))).toBeNull()
})
