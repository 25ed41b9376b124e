import { z } from 'zod'
import { AppError } from '../../core/errors'
import type { PhoneChannel } from '../login-channel'
import { decryptAes } from './aes'
import type { AlipayApp } from './app'

const proofText = z.object({
  response: z.string().min(1).max(4096),
  sign: z.string(),
  sign_type: z.literal('RSA2'),
})
const opened = z.object({ code: z.literal('10000'), mobile: z.string() })

/**
 * The phone number that the mini-program's button brought, encrypted and signed by Alipay (alipay.md 2.3). The
 * text comes from the client, so an unsigned one is refused, although Alipay allows it to be absent. It names
 * neither a person nor a time: the caller takes each proof only once.
 */
export function createAlipayPhone(app: AlipayApp): PhoneChannel {
  return {
    async phone(proof) {
      const sealed = proofText.safeParse(jsonOrNull(proof))
      if (!sealed.success) throw invalid('unreadable or unsigned')
      const { response, sign } = sealed.data
      // What is signed is the ciphertext in its quotation marks.
      if (!app.signedByAlipay(`"${response}"`, sign)) throw invalid('signature')
      if (app.aesKey === null)
        throw new AppError('internal', { detail: `no aesKey is configured for ${app.appId}` })
      const content = opened.safeParse(jsonOrNull(decryptAes(app.aesKey, response)))
      if (!content.success) throw invalid('content')
      if (!/^1[3-9]\d{9}$/.test(content.data.mobile)) throw invalid('not a mainland mobile')
      return content.data.mobile
    },
  }
}

function jsonOrNull(text: string | null): unknown {
  if (text === null) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function invalid(detail: string): AppError {
  return new AppError('phone_code_invalid', { detail: `my.getPhoneNumber: ${detail}` })
}
