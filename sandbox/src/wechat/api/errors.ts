/** Texts of the codes that this sandbox answers (wechat.md section 0). */
const TEXTS: Record<number, string> = {
  [-1]: 'system error',
  40001:
    'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40004: 'invalid media type',
  40005: 'invalid file type',
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40009: 'invalid image size',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40016: 'invalid button size',
  40017: 'invalid button type',
  40018: 'invalid button name size',
  40019: 'invalid button key size',
  40020: 'invalid button url size',
  40023: 'invalid sub button size',
  40024: 'invalid sub button type',
  40025: 'invalid sub button name size',
  40026: 'invalid sub button key size',
  40027: 'invalid sub button url size',
  40029: 'invalid code',
  40030: 'invalid refresh_token',
  40037: 'invalid template_id',
  40055: 'invalid button url domain',
  40066: 'invalid url',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  40129: 'invalid scene',
  40163: 'code been used',
  40165: 'invalid weapp pagepath',
  40226: 'code blocked',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41005: 'media data missing',
  41008: 'missing code',
  42001: 'access_token expired',
  43002: 'require POST method',
  43004: 'require subscribe',
  43101: 'user refuse to accept the msg',
  43107: 'subscribe message ability banned',
  43108: 'concurrent sending to the same user',
  44002: 'empty post data',
  44004: 'empty content',
  45002: 'content size out of limit',
  45003: 'title size out of limit',
  45008: 'article size out of limit',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit  mustslower  retry next minute',
  45015: 'response out of time limit or subscription is canceled',
  45047: 'out of response count limit',
  45168: 'message contains sensitive words',
  46003: 'menu no exist',
  47001: 'data format error',
  48001: 'api unauthorized',
  61010: 'code is expired',
  87020: 'media_url is invalid',
}

/** A refusal as api.weixin.qq.com words it: HTTP 200 with errcode and errmsg. */
export class ApiError extends Error {
  constructor(
    readonly errcode: number,
    errmsg?: string,
  ) {
    super(errmsg ?? TEXTS[errcode] ?? 'system error')
  }
}

/** 47003 naming the value that breaks its rule. */
export function argumentInvalid(key: string): ApiError {
  return new ApiError(47003, `argument invalid! data.${key}.value invalid`)
}
