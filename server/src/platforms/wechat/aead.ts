import { createDecipheriv } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../core/errors'
import { strictBase64 } from '../strict-base64'

/** An encrypted part as WeChat Pay writes it, in notices and in the list of certificates alike. */
export const encryptedResource = z.object({
  algorithm: z.string(),
  nonce: z.string(),
  associated_data: z.string().default(''),
  ciphertext: z.string(),
})

const TAG_BYTES = 16
const NONCE_BYTES = 12

/**
 * Opens AEAD_AES_256_GCM (wechat.md 4.3). Answers null when the key does not fit or a byte was changed. Throws
 * AppError('malformed_notice') when the form alone rules it out: another algorithm, bad base64, or too short to
 * hold data and a whole tag. Node 20 would accept a tag of 4 bytes, so its length is fixed here.
 */
export function openAead(apiV3Key: string, resource: z.output<typeof encryptedResource>): Buffer | null {
  if (resource.algorithm !== 'AEAD_AES_256_GCM')
    throw malformed(`algorithm ${resource.algorithm.slice(0, 40)}`)
  const sealed = strictBase64(resource.ciphertext)
  if (!sealed) throw malformed('ciphertext is not base64')
  if (sealed.length <= TAG_BYTES) throw malformed(`ciphertext of ${sealed.length} bytes`)
  const nonce = Buffer.from(resource.nonce, 'utf8')
  if (nonce.length !== NONCE_BYTES) throw malformed(`nonce of ${nonce.length} bytes`)

  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(apiV3Key, 'utf8'), nonce, {
    authTagLength: TAG_BYTES,
  })
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
  decipher.setAAD(Buffer.from(resource.associated_data, 'utf8'))
  const opened = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES))
  try {
    return Buffer.concat([opened, decipher.final()])
  } catch {
    return null
  }
}

function malformed(detail: string): AppError {
  return new AppError('malformed_notice', { detail: `wechat resource: ${detail}` })
}
