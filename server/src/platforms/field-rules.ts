import { fitField } from './wechat/fields'

const ALIPAY_MOST = 50
const SMS_MOST = 35

/**
 * What is wrong with an example value for one field of one channel, in words, or null: an example must pass as it is,
 * because a value that has to be cut says less than was meant.
 */
export function fieldFault(channel: string, key: string, value: string): string | null {
  if (channel === 'wechat-mini' || channel === 'wechat-oa') {
    const fitted = fitField(key, value)
    if (fitted === null) return `${key} cannot hold “${value}”`
    return fitted === value ? null : `${key} would be cut from “${value}” to “${fitted}”`
  }
  const most = channel === 'sms' ? SMS_MOST : ALIPAY_MOST
  if (value.trim() === '') return `${key} is empty`
  return value.length <= most ? null : `${key} has ${value.length} characters, at most ${most} are allowed`
}
