/** What each gateway code says in `msg` (alipay.md 1.2). */
export const CODE_MESSAGES = {
  '10000': 'Success',
  '20000': 'Service Currently Unavailable',
  '20001': 'Insufficient Token Permissions',
  '40001': 'Missing Required Arguments',
  '40002': 'Invalid Arguments',
  '40003': 'Insufficient Conditions',
  '40004': 'Business Failed',
  '40005': 'Call Limited',
  '40006': 'Insufficient Permissions',
} as const

type GatewayCode = keyof typeof CODE_MESSAGES

/** The gateway says no. `subCode` and `subMessage` go to the caller as they are. */
export class Refusal extends Error {
  constructor(
    readonly code: GatewayCode,
    readonly subCode: string,
    readonly subMessage: string,
  ) {
    super(`${code} ${subCode} ${subMessage}`)
  }

  /** The four fields of an error answer. */
  fields(): Record<string, string> {
    return {
      code: this.code,
      msg: CODE_MESSAGES[this.code],
      sub_code: this.subCode,
      sub_msg: this.subMessage,
    }
  }
}

const ACQ_MESSAGES: Record<string, string> = {
  'ACQ.SYSTEM_ERROR': '系统错误',
  'ACQ.INVALID_PARAMETER': '参数无效',
  'ACQ.ACCESS_FORBIDDEN': '无权限使用接口',
  'ACQ.TRADE_NOT_EXIST': '交易不存在',
  'ACQ.TRADE_HAS_SUCCESS': '交易已被支付',
  'ACQ.TRADE_HAS_CLOSE': '交易已经关闭',
  'ACQ.TRADE_HAS_FINISHED': '交易已经完结',
  'ACQ.CONTEXT_INCONSISTENT': '交易信息被篡改',
  'ACQ.BUYER_NOT_EXIST': '买家不存在',
  'ACQ.BUYER_SELLER_EQUAL': '买卖家不能相同',
  'ACQ.INVALID_RECEIVE_ACCOUNT': '不支持的收款账号',
  'ACQ.UNBOUND_APPLICATION': '小程序应用未绑定支付产品',
  'ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR': '当前时间已超过允许支付的时间',
  'ACQ.TRADE_STATUS_ERROR': '交易状态不合法',
  'ACQ.REASON_TRADE_STATUS_INVALID': '交易状态异常',
  'ACQ.DISCORDANT_REPEAT_REQUEST': '请求信息不一致',
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL': '退款金额超限',
  'ACQ.REASON_TRADE_REFUND_FEE_ERR': '退款金额无效',
}

/** A business refusal of the payment interfaces: 40004 with an `ACQ.` code. `detail` follows the standard words. */
export function acq(name: string, detail?: string): Refusal {
  const subCode = `ACQ.${name}`
  const words = ACQ_MESSAGES[subCode] ?? '业务处理失败'
  return new Refusal('40004', subCode, detail === undefined ? words : `${words}，${detail}`)
}
