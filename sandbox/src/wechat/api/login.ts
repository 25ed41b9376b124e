import { signInAccount } from './accounts'
import { redeemCode, sessionOf } from './codes'
import { ApiError } from './errors'
import { type ApiAct, jsonBody } from './exchange'
import { checkToken } from './tokens'

/** GET /sns/jscode2session (wechat.md 1.1). */
export const codeToSession: ApiAct = ({ kernel, query }) => {
  const account = signInAccount(kernel, query.get('appid') ?? '', query.get('secret') ?? '')
  if (account.kind !== 'mini') throw new ApiError(40013)
  if (query.get('grant_type') !== 'authorization_code') throw new ApiError(40002)
  const text = query.get('js_code')
  if (!text) throw new ApiError(41008)
  if (kernel.faults.take('login.blocked')) throw new ApiError(40226)
  const redeemed = redeemCode(kernel, 'login', account.appid, text)
  if ('refused' in redeemed) throw new ApiError(redeemed.refused === 'used' ? 40163 : 40029)
  const { personId } = redeemed.code
  const person = kernel.people.get(personId)
  if (!person) throw new ApiError(40029)
  return {
    openid: kernel.people.openid(personId, account.appid),
    session_key: sessionOf(kernel, account.appid, personId).sessionKey,
    ...(person.unionid === null ? {} : { unionid: person.unionid }),
  }
}

/** POST /wxa/business/getuserphonenumber (wechat.md 1.2); an `openid` in the body must be the code's own. */
export const phoneNumber: ApiAct = (call) => {
  const { kernel } = call
  const { appid } = kernel.config.wechat.mini
  checkToken(call, appid)
  const body = jsonBody(call)
  const text = body['code']
  if (typeof text !== 'string' || text === '') throw new ApiError(40029)
  const redeemed = redeemCode(kernel, 'phone', appid, text)
  if ('refused' in redeemed) throw new ApiError(40029)
  const { personId } = redeemed.code
  const openid = body['openid']
  if (openid !== undefined && openid !== kernel.people.openid(personId, appid)) throw new ApiError(40029)
  const phone = kernel.people.get(personId)?.phone
  if (!phone) throw new ApiError(40029)
  return {
    errcode: 0,
    errmsg: 'ok',
    phone_info: {
      phoneNumber: phone,
      purePhoneNumber: phone,
      countryCode: '86',
      watermark: { timestamp: Math.floor(kernel.clock.now() / 1000), appid },
    },
  }
}
