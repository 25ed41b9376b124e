import type { AlipayAppConfig, Kernel, Person } from '../kernel/kernel'
import { encryptAes, signText } from './signing'

/**
 * What my.getPhoneNumber gives the page: a JSON text whose `response` is encrypted with the application's AES key and
 * signed over the base64 with its two double quotes (alipay.md 2.3). Without a verified number `mobile` is empty.
 */
export function phoneNumberResponse(kernel: Kernel, app: AlipayAppConfig, person: Person): string {
  if (kernel.faults.take('alipay.phone.plain-error')) {
    const error = {
      code: '40003',
      msg: 'Insufficient Conditions',
      subCode: 'isv.invalid-auth-relations',
      subMsg: '无效的授权关系',
    }
    return JSON.stringify({ response: JSON.stringify(error) })
  }
  const plain = JSON.stringify({ code: '10000', msg: 'Success', mobile: person.phone ?? '' })
  const response = encryptAes(plain, app.aesKey)
  const sign = signText(`"${response}"`, app.alipayPrivateKeyPem)
  return JSON.stringify({
    response,
    ...(kernel.faults.take('alipay.phone.no-sign') ? {} : { sign }),
    sign_type: 'RSA2',
    encrypt_type: 'AES',
    charset: 'UTF-8',
  })
}
