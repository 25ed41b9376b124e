/** A refusal as WeChat Pay words it: an HTTP status and a body with code, message and sometimes detail. */
export class PayError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail?: { field: string; value: unknown; issue: string; location: 'body' | 'query' | 'path' },
  ) {
    super(message)
  }
}

const REFUSALS = {
  ORDER_NOT_EXIST: [404, '订单不存在'],
  OUT_TRADE_NO_USED: [403, '商户订单号重复，请核实商户订单号是否重复提交'],
  ORDER_CLOSED: [400, '该订单已关闭，请重新下单'],
  ORDER_PAID: [400, '该订单已支付'],
  APPID_MCHID_NOT_MATCH: [400, '商户号和appid没有绑定关系'],
  MCH_NOT_EXISTS: [400, '商户号不存在'],
  RESOURCE_NOT_EXISTS: [404, '退款单不存在'],
  NOT_ENOUGH: [403, '基本账户余额不足，请充值后重新发起'],
  FREQUENCY_LIMITED: [429, '频率超限，请降低请求接口频率'],
  NO_AUTH: [403, '没有权限'],
  NO_STATEMENT_EXIST: [400, '请求的账单文件不存在'],
  STATEMENT_CREATING: [400, '账单文件生成中，请稍后再试'],
  INVALID_REQUEST: [400, '请求参数符合参数格式，但不符合业务规则'],
} as const satisfies Record<string, readonly [number, string]>

/** The refusal of that code with its status; `message` replaces the usual text. */
export function refusal(code: keyof typeof REFUSALS, message?: string): PayError {
  const [status, text] = REFUSALS[code]
  return new PayError(status, code, message ?? text)
}

/** 401 SIGN_ERROR with one of the probed messages of wechat.md 4.1. */
export function signError(message: string): PayError {
  return new PayError(401, 'SIGN_ERROR', message)
}

/** 400 PARAM_ERROR naming the field by its JSON pointer. */
export function paramError(
  pointer: string,
  value: unknown,
  message: string,
  location: 'body' | 'query' | 'path' = 'body',
): PayError {
  return new PayError(400, 'PARAM_ERROR', message, { field: pointer, value, issue: message, location })
}
