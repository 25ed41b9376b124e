import type { SendOutcome } from '../message-channel'

/**
 * Everything we do about an `errcode` of api.weixin.qq.com, in one table (wechat.md 0, 1 and 3.3). The HTTP status
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
  /** What it means for a message that was being sent; `ours` is failed and `wait` is later unless said here. */
  readonly message?: SendOutcome['state']
}

const TABLE: Readonly<Record<string, Row>> = {
  '-1': { reaction: 'wait' },
  '40001': { reaction: 'token' },
  '40014': { reaction: 'token' },
  '42001': { reaction: 'token' },
  '40029': { reaction: 'code' },
  '40163': { reaction: 'code' },
  '40226': { reaction: 'code' },
  '45009': { reaction: 'wait' },
  '45011': { reaction: 'wait' },
  '40003': { reaction: 'ours' },
  '40013': { reaction: 'ours' },
  '40037': { reaction: 'ours' },
  '40125': { reaction: 'ours' },
  '40164': { reaction: 'ours' },
  '40243': { reaction: 'ours' },
  // The resident has not agreed, no longer agrees, or the agreement is used up: asking again is up to them.
  '43101': { reaction: 'ours', message: 'refused' },
  '43004': { reaction: 'ours', message: 'refused' },
  '43107': { reaction: 'ours' },
  // Two sends to one person at the same moment.
  '43108': { reaction: 'wait' },
  '45168': { reaction: 'ours' },
  '47003': { reaction: 'ours' },
  '48001': { reaction: 'ours' },
  '50004': { reaction: 'ours' },
  '50007': { reaction: 'ours' },
}

/** A code that is not in the table is taken as ours to look at. */
export function reactionTo(errcode: number): Reaction {
  return TABLE[String(errcode)]?.reaction ?? 'ours'
}

const MESSAGE_STATES: Readonly<Record<Reaction, SendOutcome['state']>> = {
  code: 'failed',
  token: 'later',
  wait: 'later',
  ours: 'failed',
}

export function messageStateOf(errcode: number): SendOutcome['state'] {
  if (errcode === 0) return 'delivered'
  return TABLE[String(errcode)]?.message ?? MESSAGE_STATES[reactionTo(errcode)]
}
