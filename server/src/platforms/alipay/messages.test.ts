import type { SendAdvice, SendOutcome } from '../message-channel'
import { alipayRuleOf } from './messages'

/** Every sub code that the references name for a message (alipay.md 5.1 and 5.3; N06). */
test.each<[string, SendOutcome['state'], SendAdvice | null]>([
  ['FORM_ID_INVALID', 'refused', 'no-credit'],
  ['FORM_ID_OVER_TIME', 'refused', 'no-credit'],
  ['FORM_ID_SEND_LIMIT', 'refused', 'no-credit'],
  ['FORM_ID_NOT_MATCH_APPID', 'failed', 'page-staff'],
  ['TRADE_NO_NOT_MATCH_USERID', 'failed', 'page-staff'],
  ['USER_TEMPLATE_ILLEGAL', 'failed', 'rest-template'],
  ['USER_TEMPLATE_LACK_KEYWORD', 'failed', 'rest-template'],
  ['USER_TEMPLATE_STATUS_ILLEGAL', 'failed', 'rest-template'],
  ['MESSAGE_TEMPLATE_KEYWORD_ILLEGAL', 'failed', 'rest-template'],
  ['USER_KEYWORD_LENGTH_ERROR', 'failed', 'rest-template'],
  ['PAGE_OVER_LIMIT', 'failed', 'page-staff'],
  ['DATA_SENSITIVE', 'failed', 'page-staff'],
  ['DATA_CONTENT_FORMAT_ERROR', 'failed', 'page-staff'],
  ['BIZ_CONTENT_FORMAT_ERROR', 'failed', 'page-staff'],
  ['DATA_IS_EMPTY', 'failed', 'page-staff'],
  ['USER_ID_INVALID', 'failed', 'unreachable'],
  ['MSG_UNSUBSCRIBED', 'refused', 'no-credit'],
  ['MSG_UNAUTHORIZED', 'refused', 'no-credit'],
  ['MSG_REJECTED', 'refused', 'no-credit'],
  ['MSG_CONTENT_NOT_INTERESTED', 'refused', 'no-credit'],
  ['MSG_SINGLE_SD_OVER', 'later', null],
  ['NO_RECENT_VISIT_RECORD', 'refused', 'unreachable'],
  ['NO_PLACE_ORDER_RECORD', 'refused', 'unreachable'],
  ['MSG_SEND_ERROR', 'later', 'page-staff'],
  ['APP_NO_AVAIABLE', 'later', 'rest-channel'],
  ['MSG_SD_NOFOLLOW', 'refused', 'unreachable'],
  ['UNFOLLOW_REFUSE_RECOMMONED', 'refused', 'unreachable'],
  ['MSG_TEMPLATE_INVALID', 'failed', 'rest-template'],
  ['MSG_TEMPLATE_ID_INVALID', 'failed', 'rest-template'],
  ['MSG_TEMPLATE_KEY_INVALID', 'failed', 'rest-template'],
  ['MSG_TEMPLATE_NOT_EXIST', 'failed', 'rest-template'],
  ['MSG_TEMPLATE_NOT_STARTED', 'failed', 'rest-template'],
  ['MSG_TEMPLATE_CONTEXT_LACK_KEY', 'failed', 'rest-template'],
  ['OPENID_INVALID', 'failed', 'unreachable'],
  ['MSG_SEND_FORBIDDEN', 'later', 'rest-channel'],
  ['TYPEATEMPLATE_SWITCH_UNSUBSCRIBED', 'refused', 'no-credit'],
  ['isv.insufficient-isv-permissions', 'later', 'rest-channel'],
  ['isv.invalid-signature', 'later', 'rest-channel'],
  // Not in any reference: it waits, and then staff look.
  ['SOMETHING_NEW', 'later', 'page-staff'],
])('N06: %s is %s, and the advice is %s', (code, state, advice) => {
  expect(alipayRuleOf(code)).toMatchObject({ state, advice })
})
