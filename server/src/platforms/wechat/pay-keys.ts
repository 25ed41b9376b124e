import { type KeyObject, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../core/clock'
import { type HttpAnswer, type OutgoingHttp, parseJson } from '../outgoing-http'
import type { PlatformLog } from '../support'
import { encryptedResource, openAead } from './aead'
import type { PayMerchant } from './pay-merchant'
import { buildPayRequest } from './pay-requests'
import { readSignatureHeaders, signedBy } from './pay-signatures'

/** The keys with which WeChat Pay signs for one merchant, chosen by serial number only. */
export interface PlatformKeys {
  /** What is known now, without any call. */
  known(serial: string): KeyObject | null
  /** Looks again at the platform when the serial is new and the last look was long enough ago. */
  find(serial: string): Promise<KeyObject | null>
}

interface Certificate {
  readonly key: KeyObject
  readonly expiresAtMs: number
}

// Serial numbers come from strangers: whatever they send, the platform is asked at most once a minute.
const REFRESH_FLOOR_MS = 60_000
// WeChat Pay wants the list fetched again within 12 hours.
const REFRESH_CEILING_MS = 11 * 3_600_000

const certificateList = z.object({
  data: z.array(
    z.object({ serial_no: z.string(), expire_time: z.string(), encrypt_certificate: encryptedResource }),
  ),
})

export interface PlatformKeysOptions {
  readonly merchant: PayMerchant
  readonly http: OutgoingHttp
  readonly baseUrl: string
  readonly clock: Clock
  readonly log: PlatformLog
}

/**
 * Nothing is fetched at start: a merchant in public key mode has no certificates (the platform answers 404) and
 * must be able to start all the same.
 */
export function createPlatformKeys(options: PlatformKeysOptions): PlatformKeys {
  const { merchant, clock, log } = options
  let certificates = new Map<string, Certificate>()
  let lastTryMs = Number.NEGATIVE_INFINITY
  let underWay: Promise<void> | null = null

  const replace = async (): Promise<void> => {
    try {
      certificates = await fetchCertificates(options)
    } catch (error) {
      log.warn(
        { merchant: merchant.merchantKey, reason: String(error) },
        'wechat pay certificates not fetched',
      )
    }
  }
  const refresh = (): Promise<void> => {
    if (underWay) return underWay
    if (clock.now() - lastTryMs < REFRESH_FLOOR_MS) return Promise.resolve()
    lastTryMs = clock.now()
    underWay = replace().finally(() => {
      underWay = null
    })
    return underWay
  }

  const known = (serial: string): KeyObject | null => {
    if (serial === merchant.publicKeyId) return merchant.publicKey
    const certificate = certificates.get(serial.toUpperCase())
    return certificate && certificate.expiresAtMs > clock.now() ? certificate.key : null
  }

  return {
    known,
    async find(serial) {
      const key = known(serial)
      // A public key is only ever configured, so an unknown id is simply not ours.
      if (!merchant.useCertificates || serial.startsWith('PUB_KEY_ID_')) return key
      if (key === null) await refresh()
      else if (clock.now() - lastTryMs > REFRESH_CEILING_MS) void refresh()
      return known(serial)
    },
  }
}

async function fetchCertificates(options: PlatformKeysOptions): Promise<Map<string, Certificate>> {
  const { merchant, http, baseUrl, clock } = options
  const request = await buildPayRequest(merchant, clock, (library) =>
    library.get_certificates(merchant.apiV3Key),
  )
  const answer = await http.send({
    method: 'GET',
    url: `${baseUrl}${request.pathAndQuery}`,
    headers: request.headers,
  })
  if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`)
  const listed = certificateList.parse(parseJson(answer.body))
  const certificates = new Map<string, Certificate>()
  for (const item of listed.data) {
    const pem = openAead(merchant.apiV3Key, item.encrypt_certificate)
    if (!pem) throw new Error('a certificate could not be decrypted: is the APIv3 key right?')
    const certificate = new X509Certificate(pem)
    if (certificate.serialNumber !== item.serial_no.toUpperCase())
      throw new Error('a certificate has another serial')
    const expiresAtMs = Date.parse(item.expire_time)
    certificates.set(certificate.serialNumber, { key: certificate.publicKey, expiresAtMs })
  }
  requireSigned(merchant, certificates, answer, clock.now())
  return certificates
}

/**
 * The list is signed with one of the certificates in it, or with the public key where the merchant has one. The
 * first trust comes from decryption (only WeChat Pay and the merchant hold the APIv3 key); the signature then vouches
 * for the whole list and for its age.
 */
function requireSigned(
  merchant: PayMerchant,
  certificates: ReadonlyMap<string, Certificate>,
  answer: HttpAnswer,
  nowMs: number,
): void {
  const signature = readSignatureHeaders(answer.headers, nowMs)
  if (typeof signature === 'string') throw new Error(`answer not signed: ${signature}`)
  const key =
    signature.serial === merchant.publicKeyId
      ? merchant.publicKey
      : certificates.get(signature.serial.toUpperCase())?.key
  if (!key || !signedBy(key, signature, answer.body)) throw new Error('answer signature wrong')
}
