/** Who a wallet says is asking. Only values that our server got from the platform itself count. */
export interface PlatformIdentity {
  readonly provider: 'wechat-mini' | 'wechat-oa' | 'alipay'
  readonly appId: string
  readonly idType: 'openid' | 'open_id' | 'user_id'
  readonly subject: string
  /** WeChat's unionid where the account is bound to an open platform account. */
  readonly unionId: string | null
  /** The same account under its older name, where the platform gives both while an application changes over. */
  readonly alias?: Pick<PlatformIdentity, 'idType' | 'subject'>
}

/**
 * Trades a code for an identity. Errors: AppError('login_code_invalid') when the code is used up, expired or
 * forged (the client asks for a new one), AppError('snapshot_user') for a WeChat snapshot-page visitor,
 * AppError('platform_unavailable') when the platform did not answer.
 */
export interface LoginChannel {
  exchange(code: string): Promise<PlatformIdentity>
}

/** Channels with a page of their own in a browser: where to send it, with our state inside. */
export interface WebLoginChannel extends LoginChannel {
  /**
   * `explicit` asks the resident, on a page of the wallet, for what a silent login does not give: WeChat's unionid,
   * which makes them one person with their mini-program. A wallet that knows no such difference leaves it aside.
   */
  authorizeUrl(input: { redirectUrl: string; state: string; explicit?: boolean }): string
}

/** The wallet's own phone button. Errors: AppError('phone_code_invalid'), AppError('platform_unavailable'). */
export interface PhoneChannel {
  /** WeChat: the button's code. Alipay: the JSON text of my.getPhoneNumber. Answers a mainland number. */
  phone(proof: string, subject: string): Promise<string>
}
