import { type MessageRule, UNKNOWN_CODE } from '../message-channel'

/**
 * What the provider's answers mean for a message, in one table. The sandbox's provider speaks the same codes as
 * Alibaba Cloud's (help.aliyun.com, "API 错误码"), which most Chinese providers imitate.
 */

const later = (advice: MessageRule['advice'], waitMs?: number): MessageRule => ({
  state: 'later',
  advice,
  ...(waitMs === undefined ? {} : { waitMs }),
})
const failed = (advice: MessageRule['advice']): MessageRule => ({ state: 'failed', advice })

/** Too many to this one number within the minute, the hour or the day; the answer does not say which. */
const NUMBER_LIMIT: MessageRule = later(null, 60_000)
/** The account is out of money, shut, or its key is wrong: nothing is sent until somebody mends it. */
const ACCOUNT: MessageRule = later('rest-channel')
/** The signature, the template or its variables do not agree with what was approved. */
const TEMPLATE: MessageRule = failed('rest-template')
const NUMBER: MessageRule = { state: 'refused', advice: 'unreachable' }
const BUSY: MessageRule = later('page-staff')

const TABLE: Readonly<Record<string, MessageRule>> = {
  OK: { state: 'delivered', advice: null },
  'isp.SYSTEM_ERROR': BUSY,
  'isv.SYSTEM_ERROR': BUSY,
  'isp.GATEWAY_ERROR': BUSY,
  'isp.UNKNOWN': BUSY,
  ServiceUnavailable: BUSY,
  'isv.BUSINESS_LIMIT_CONTROL': NUMBER_LIMIT,
  // The account's own ceiling of the day or the month, set in the provider's console.
  'isv.DAY_LIMIT_CONTROL': ACCOUNT,
  'isv.MONTH_LIMIT_CONTROL': ACCOUNT,
  Throttling: later('rest-channel', 30_000),
  'Throttling.User': later('rest-channel', 30_000),
  'Throttling.Api': later('rest-channel', 30_000),
  'isv.AMOUNT_NOT_ENOUGH': ACCOUNT,
  'isv.OUT_OF_SERVICE': ACCOUNT,
  'isv.ACCOUNT_NOT_EXISTS': ACCOUNT,
  'isv.ACCOUNT_ABNORMAL': ACCOUNT,
  'isv.PRODUCT_UN_SUBSCRIPT': ACCOUNT,
  'isv.PRODUCT_UNSUBSCRIBE': ACCOUNT,
  'isp.RAM_PERMISSION_DENY': ACCOUNT,
  'isv.RAM_PERMISSION_DENY': ACCOUNT,
  'isv.DENY_IP_RANGE': ACCOUNT,
  'isv.INVALID_APP_KEY': ACCOUNT,
  'InvalidAccessKeyId.NotFound': ACCOUNT,
  'InvalidAccessKeyId.Inactive': ACCOUNT,
  'Forbidden.RAM': ACCOUNT,
  SignatureDoesNotMatch: ACCOUNT,
  IncompleteSignature: ACCOUNT,
  'isv.SIGNATURE_NOT_MATCH': ACCOUNT,
  // Our clock is wrong, which is wrong for every message.
  'InvalidTimeStamp.Expired': ACCOUNT,
  'isv.TIMESTAMP_EXPIRED': ACCOUNT,
  SignatureNonceUsed: BUSY,
  'isv.NONCE_USED': BUSY,
  'isv.NONCE_ILLEGAL': failed('page-staff'),
  'isv.MOBILE_NUMBER_ILLEGAL': NUMBER,
  'isv.MOBILE_COUNT_OVER_LIMIT': failed('page-staff'),
  'isv.DOMESTIC_NUMBER_NOT_SUPPORTED': NUMBER,
  'isv.SMS_TEMPLATE_ILLEGAL': TEMPLATE,
  'isv.SMS_SIGNATURE_ILLEGAL': TEMPLATE,
  'isv.SMS_SIGN_ILLEGAL': TEMPLATE,
  'isv.SMS_CONTENT_ILLEGAL': TEMPLATE,
  'isv.TEMPLATE_MISSING_PARAMETERS': TEMPLATE,
  'isv.TEMPLATE_PARAMS_ILLEGAL': TEMPLATE,
  'isv.PARAM_LENGTH_LIMIT': TEMPLATE,
  'isv.PARAM_NOT_SUPPORT_URL': TEMPLATE,
  'isv.INVALID_JSON_PARAM': failed('page-staff'),
  'isv.INVALID_PARAMETERS': failed('page-staff'),
  'isv.UNSUPPORTED_CONTENT': failed('page-staff'),
  // A word in one of the values that the provider has barred.
  'isv.BLACK_KEY_CONTROL_LIMIT': failed('page-staff'),
}

export function smsRuleOf(code: string): MessageRule {
  return TABLE[code] ?? UNKNOWN_CODE
}
