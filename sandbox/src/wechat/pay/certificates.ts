import { X509Certificate } from 'node:crypto'
import type { Kernel, MerchantConfig } from '../../kernel/kernel'
import { selfSignedCertificate } from '../../keys'
import { rfc3339 } from '../time'
import { seal } from './crypto'
import { paramError, PayError } from './errors'
import type { PayAct } from './exchange'

const NO_CERTIFICATE =
  '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。可查看指引https://pay.weixin.qq.com/doc/v3/merchant/4012153196'

const made = new Map<string, string>()

function certificateOf(kernel: Kernel, merchant: MerchantConfig): string {
  if (merchant.platformCertPem) return merchant.platformCertPem
  const known = made.get(merchant.platformSerial)
  if (known) return known
  const pem = selfSignedCertificate(
    merchant.platformPrivateKeyPem,
    merchant.platformSerial,
    kernel.clock.now(),
  )
  made.set(merchant.platformSerial, pem)
  return pem
}

/** GET /v3/certificates: the platform certificate, sealed with the APIv3 key; none for a public-key merchant. */
export const listCertificates: PayAct = ({ kernel, merchant, query }) => {
  const algorithm = query.get('algorithm_type')
  if (algorithm !== null && algorithm !== 'RSA') {
    throw paramError('/algorithm_type', algorithm, '算法类型不支持', 'query')
  }
  if (merchant.mode === 'publicKey') throw new PayError(404, 'RESOURCE_NOT_EXISTS', NO_CERTIFICATE)
  const pem = certificateOf(kernel, merchant)
  const cert = new X509Certificate(pem)
  const nonce = kernel.random.hex(12)
  return {
    status: 200,
    json: {
      data: [
        {
          serial_no: merchant.platformSerial,
          effective_time: rfc3339(Date.parse(cert.validFrom)),
          expire_time: rfc3339(Date.parse(cert.validTo)),
          encrypt_certificate: {
            algorithm: 'AEAD_AES_256_GCM',
            nonce,
            associated_data: 'certificate',
            ciphertext: seal(pem, merchant.apiV3Key, nonce, 'certificate'),
          },
        },
      ],
    },
  }
}
