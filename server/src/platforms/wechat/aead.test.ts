import { openAead } from './aead'

const KEY = '0123456789abcdef0123456789abcdef'
const base = { algorithm: 'AEAD_AES_256_GCM', nonce: 'fdasflkja484' }

test('the documented vectors open, each with its own associated data only', () => {
  const transaction = {
    ...base,
    associated_data: 'transaction',
    ciphertext: 'DUcSwf+vGlappypHfVVpZvzrQqhccy4=',
  }
  const refund = { ...base, associated_data: 'refund', ciphertext: 'DUcSwf+vGoNeGnN+dgD6A2uLdXxrzT0=' }
  expect(openAead(KEY, transaction)?.toString()).toBe('{"a":1}')
  expect(openAead(KEY, refund)?.toString()).toBe('{"a":1}')
  expect(openAead(KEY, { ...transaction, associated_data: 'refund' })).toBeNull()
  expect(openAead(KEY.toUpperCase(), transaction)).toBeNull()
})
