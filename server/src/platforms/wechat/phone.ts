import { z } from 'zod'
import { AppError } from '../../core/errors'
import type { PhoneChannel } from '../login-channel'
import { readJson } from '../outgoing-http'
import { codeError } from './api'
import type { WechatTokens } from './tokens'

const path = '/wxa/business/getuserphonenumber'

const phoneAnswer = z.object({
  phone_info: z.object({
    purePhoneNumber: z.string(),
    countryCode: z.coerce.string(),
    watermark: z.object({ appid: z.string() }),
  }),
})

/** The phone button of the mini-program (wechat.md 1.2). Only mainland numbers can be reached by our messages. */
export function createWechatPhone(tokens: WechatTokens, appId: string): PhoneChannel {
  return {
    async phone(proof, subject) {
      // With the openid the platform itself refuses a code that another person's button gave.
      const reply = await tokens.call(appId, { path, query: {}, json: { code: proof, openid: subject } })
      if (reply.errcode !== 0) throw codeError(path, reply.errcode, 'phone_code_invalid')
      const { phone_info: info } = readJson(reply.answer, phoneAnswer, `wechat ${path}`)
      if (info.watermark.appid !== appId) throw invalid('watermark of another app')
      if (info.countryCode !== '86' || !/^1[3-9]\d{9}$/.test(info.purePhoneNumber))
        throw invalid('not a mainland mobile')
      return info.purePhoneNumber
    },
  }
}

function invalid(detail: string): AppError {
  return new AppError('phone_code_invalid', { detail: `wechat ${path}: ${detail}` })
}
