import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import type { Clock } from '../../core/clock'
import { AppError } from '../../core/errors'
import { parseJson } from '../outgoing-http'
import type { PaymentNotice } from '../payment-channel'
import { encryptedResource, openAead } from './aead'
import type { PlatformKeys } from './pay-keys'
import type { PayMerchant } from './pay-merchant'
import { readSignatureHeaders, type SignatureHeaders, signedBy } from './pay-signatures'
import { readRefund, readTrade } from './pay-trades'

const envelope = z.object({
  id: z.string().min(1).max(64),
  event_type: z.string(),
  resource_type: z.literal('encrypt-resource'),
  resource: encryptedResource.extend({ original_type: z.string() }),
})
type Envelope = z.output<typeof envelope>

export interface NoticeReader {
  readonly clock: Clock
  readonly merchants: readonly PayMerchant[]
  keysOf(merchant: PayMerchant): PlatformKeys
}

/**
 * Reads one callback. The notice does not say for which merchant it is until it is open, so: the serial number in
 * its header leads to the merchants whose platform key that is, the signature is checked with that key, and then
 * the APIv3 keys are tried, the owners' first. Trying is safe because GCM opens with the one right key only.
 *
 * Errors: `bad_signature` (detail says which check, `signtest_probe` for WeChat's own probes), `malformed_notice`,
 * `undecryptable_notice` when it is genuine and none of our APIv3 keys opens it.
 */
export async function readPayNotice(
  reader: NoticeReader,
  headers: IncomingHttpHeaders,
  rawBody: Buffer,
): Promise<PaymentNotice> {
  const signature = readSignatureHeaders(headers, reader.clock.now())
  if (typeof signature === 'string') throw badSignature(signature)
  const owners = await verifiedOwners(reader, signature, rawBody)
  const others = reader.merchants.filter((merchant) => !owners.includes(merchant))
  return openPayNotice([...owners, ...others], rawBody)
}

/** Opens a verified notice with the first APIv3 key that fits, in the order given. */
export function openPayNotice(merchants: readonly PayMerchant[], rawBody: Buffer): PaymentNotice {
  const parsed = envelope.safeParse(parseJson(rawBody))
  if (!parsed.success) throw malformed(`envelope ${parsed.error.issues[0]?.path.join('.') ?? ''}`)
  for (const merchant of merchants) {
    const content = openAead(merchant.apiV3Key, parsed.data.resource)
    if (content) return neutralNotice(parsed.data, content)
  }
  throw new AppError('undecryptable_notice', {
    detail: `wechat notice ${parsed.data.id}: no APIv3 key of ${merchants.map((m) => m.merchantKey).join(', ')} opens it`,
  })
}

/** The merchants for which the signing key speaks; never empty, because then the notice is refused. */
async function verifiedOwners(
  reader: NoticeReader,
  signature: SignatureHeaders,
  rawBody: Buffer,
): Promise<PayMerchant[]> {
  let candidates = reader.merchants.map((merchant) => ({
    merchant,
    key: reader.keysOf(merchant).known(signature.serial),
  }))
  if (candidates.every(({ key }) => key === null)) {
    candidates = await Promise.all(
      reader.merchants.map(async (merchant) => ({
        merchant,
        key: await reader.keysOf(merchant).find(signature.serial),
      })),
    )
  }
  const holders = candidates.flatMap(({ merchant, key }) => (key === null ? [] : [{ merchant, key }]))
  if (holders.length === 0) throw badSignature('unknown_serial')
  const owners = holders
    .filter(({ key }) => signedBy(key, signature, rawBody))
    .map(({ merchant }) => merchant)
  if (owners.length === 0) throw badSignature('signature')
  return owners
}

function neutralNotice(notice: Envelope, content: Buffer): PaymentNotice {
  const json = parseJson(content)
  if (json === undefined) throw malformed('content is not JSON')
  const base = { noticeId: notice.id, content: content.toString('utf8') }
  const other: PaymentNotice = { ...base, orderNo: null, kind: 'other', trade: null, refund: null }

  if (notice.event_type.startsWith('REFUND.')) {
    const refund = readRefund(json)
    if (!refund) throw malformed('refund content')
    const { orderNo, refundNo, state } = refund
    return { ...other, orderNo, kind: 'refund', refund: { refundNo, state } }
  }
  if (!notice.event_type.startsWith('TRANSACTION.')) return other

  const read = readTrade(json)
  if (!read) throw malformed('transaction content')
  if (read.state === 'paid') return { ...other, orderNo: read.orderNo, kind: 'paid', trade: read.trade }
  return { ...other, orderNo: read.orderNo, kind: read.state === 'closed' ? 'closed' : 'other' }
}

function badSignature(detail: string): AppError {
  return new AppError('bad_signature', { detail: `wechat notice: ${detail}` })
}

function malformed(detail: string): AppError {
  return new AppError('malformed_notice', { detail: `wechat notice: ${detail}` })
}
