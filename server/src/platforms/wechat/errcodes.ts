import { type MessageRule, UNKNOWN_CODE } from '../message-channel'

/**
 * Everything we do about an `errcode` of api.weixin.qq.com, in one table (wechat.md 0, 1, 2, 3 and 8). The HTTP status
 * is 200 either way.
 *
 * - `code`: the resident's one-time code is of no use any more; a new one is needed
 * - `token`: fetch the access token again and repeat once
 * - `wait`: the platform is busy or a limit is reached; later is better
 * - `ours`: our configuration or our input is wrong; repeating cannot help
 */
type Reaction = 'code' | 'token' | 'wait' | 'ours'

interface Row {
  readonly reaction: Reaction
  /** What it means for a message that was being sent. */
  readonly message: MessageRule
}

const later = (advice: MessageRule['advice']): MessageRule => ({ state: 'later', advice })
const failed = (advice: MessageRule['advice']): MessageRule => ({ state: 'failed', advice })
const refused = (advice: MessageRule['advice']): MessageRule => ({ state: 'refused', advice })

/** Another process may have refreshed it twice; what is still so at the last attempt is somebody else's hand. */
const TOKEN: Row = { reaction: 'token', message: later('page-staff') }
/** Codes of a login; no message can meet them. */
const CODE: Row = { reaction: 'code', message: failed('page-staff') }
/** Our request is malformed: the same one again would fare no better. */
const REQUEST: Row = { reaction: 'ours', message: failed('page-staff') }
/** The account itself is barred or wrongly configured: nothing of it gets through until somebody mends it. */
const ACCOUNT: Row = { reaction: 'ours', message: later('rest-channel') }
/** The template is wrong, banned, or its values break their rules. */
const TEMPLATE: Row = { reaction: 'ours', message: failed('rest-template') }
const WINDOW: Row = { reaction: 'ours', message: refused('window-closed') }
const MENU: Row = REQUEST

const MINUTE_MS = 60_000

const TABLE: Readonly<Record<string, Row>> = {
  '-1': { reaction: 'wait', message: later('page-staff') },
  '40001': TOKEN,
  '40014': TOKEN,
  '42001': TOKEN,
  '40029': CODE,
  '40163': CODE,
  '40226': CODE,
  // The day's quota: until midnight, or until somebody clears it.
  '45009': { reaction: 'wait', message: later('rest-channel') },
  '45011': { reaction: 'wait', message: { state: 'later', advice: 'rest-channel', waitMs: MINUTE_MS } },
  // Nearly always an openid of another account of ours: this person is not known here.
  '40003': { reaction: 'ours', message: failed('unreachable') },
  '40002': ACCOUNT,
  '40013': ACCOUNT,
  '40125': ACCOUNT,
  '40164': ACCOUNT,
  '40165': REQUEST,
  '40243': ACCOUNT,
  '41001': REQUEST,
  '41002': ACCOUNT,
  '41004': ACCOUNT,
  '43002': REQUEST,
  '44002': REQUEST,
  '47001': REQUEST,
  '48001': ACCOUNT,
  '48004': ACCOUNT,
  '50002': ACCOUNT,
  '50004': ACCOUNT,
  '50007': ACCOUNT,
  '61004': ACCOUNT,
  '89503': ACCOUNT,
  '89506': ACCOUNT,
  '89507': ACCOUNT,
  // The resident has not agreed, no longer agrees, or the agreement is used up: asking again is up to them.
  '43101': { reaction: 'ours', message: refused('no-credit') },
  // Does not follow the official account.
  '43004': { reaction: 'ours', message: refused('unreachable') },
  '40037': TEMPLATE,
  '43107': TEMPLATE,
  '43116': TEMPLATE,
  '43117': TEMPLATE,
  '47003': TEMPLATE,
  // Two sends to one person at the same moment.
  '43108': { reaction: 'wait', message: later('serialise') },
  // A sensitive word in one of the values.
  '45168': { reaction: 'ours', message: failed('page-staff') },
  '45002': { reaction: 'ours', message: failed('page-staff') },
  // Customer-service messages: 48 hours are over, or five messages are.
  '45015': WINDOW,
  '45047': WINDOW,
  '40007': REQUEST,
  ...Object.fromEntries(
    [
      '40015',
      '40016',
      '40017',
      '40018',
      '40019',
      '40020',
      '40023',
      '40024',
      '40025',
      '40026',
      '40027',
      '40028',
    ].map((code) => [code, MENU]),
  ),
}

/** A code that is not in the table is taken as ours to look at. */
export function reactionTo(errcode: number): Reaction {
  return TABLE[String(errcode)]?.reaction ?? 'ours'
}

/** What an errcode other than 0 means for the message it answers. */
export function messageRuleOf(errcode: number): MessageRule {
  if (errcode === 0) return { state: 'delivered', advice: null }
  return TABLE[String(errcode)]?.message ?? UNKNOWN_CODE
}
