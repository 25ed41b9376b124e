import WxPay from 'wechatpay-node-v3'
import type { Clock } from '../../core/clock'
import { randomToken } from '../../core/ids'
import { type PayMerchant, signAsMerchant } from './pay-merchant'

/** A request ready to be sent: the path is what was signed, whichever host it goes to. */
export interface SignedPayRequest {
  readonly method: 'GET' | 'POST'
  readonly pathAndQuery: string
  readonly headers: Record<string, string>
  readonly body: string | null
}

const OFFICIAL_HOST = 'https://api.mch.weixin.qq.com'

/**
 * wechatpay-node-v3 builds the request and its Authorization; that is all it is used for, because it verifies
 * no answer and does not check the tag of what it decrypts. Nonce, clock and key handling are ours: the library
 * takes Math.random and parses the PEM for every signature.
 */
class RequestBuilder extends WxPay {
  constructor(
    private readonly merchant: PayMerchant,
    private readonly clock: Clock,
  ) {
    super({
      appid: '',
      mchid: merchant.mchid,
      serial_no: merchant.serial,
      // Only ever read for its serial number, which we give.
      publicKey: Buffer.alloc(0),
      privateKey: Buffer.alloc(0),
      userAgent: 'yihu-portal/1',
    })
  }

  override sha256WithRsa(text: string): string {
    return signAsMerchant(this.merchant, text)
  }

  protected override buildAuthorization(
    method: string,
    url: string,
    params?: Record<string, unknown>,
  ): string {
    const nonce = randomToken(16)
    const timestamp = String(Math.trunc(this.clock.now() / 1000))
    const signature = this.getSignature(method, nonce, timestamp, url.replace(OFFICIAL_HOST, ''), params)
    return this.getAuthorization(nonce, timestamp, signature)
  }
}

/** Lets the library make one request and takes it away before anything is sent. */
export async function buildPayRequest(
  merchant: PayMerchant,
  clock: Clock,
  act: (library: WxPay) => Promise<unknown>,
): Promise<SignedPayRequest> {
  let drafted: SignedPayRequest | null = null
  const keep = (
    method: 'GET' | 'POST',
    url: string,
    headers: Record<string, string>,
    body: string | null,
  ) => {
    drafted = {
      method,
      pathAndQuery: url.replace(OFFICIAL_HOST, ''),
      headers: ownHeaders(merchant, headers),
      body,
    }
    return Promise.resolve({ status: 0 })
  }
  const library = new RequestBuilder(merchant, clock)
  library.createHttp({
    get: (url, headers) => keep('GET', url, headers, null),
    post: (url, params, headers) => keep('POST', url, headers, JSON.stringify(params)),
    upload: () => Promise.reject(new Error('uploads are not used')),
  })
  // The library reads the answer in its own ways and may complain that there is none: only the draft counts.
  const complaint: unknown = await act(library).catch((error: unknown) => error)
  return drafted ?? Promise.reject(complaint)
}

function ownHeaders(merchant: PayMerchant, headers: Record<string, string>): Record<string, string> {
  const { 'Accept-Encoding': _encoding, ...rest } = headers
  // Asks for an answer signed with the public key, which a merchant in certificate mode does not have.
  return merchant.publicKeyId === null ? rest : { ...rest, 'Wechatpay-Serial': merchant.publicKeyId }
}
