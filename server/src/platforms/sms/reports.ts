import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../core/errors'
import { parseJson } from '../outgoing-http'

export interface SmsReport {
  /** The provider's number from the answer to `send`. */
  readonly platformMessageId: string
  readonly state: 'delivered' | 'failed'
  /** The carrier's code, such as DELIVERED or MK:0001. */
  readonly code: string
  /** How many messages were counted; null when the report does not say. */
  readonly parts: number | null
}

/** The provider sends reports in batches; more than this at once is not one of its batches. */
const BATCH_MAX = 1000

const batch = z
  .array(
    z.looseObject({
      biz_id: z.string().min(1).max(64),
      success: z.boolean(),
      err_code: z.string().max(64).nullish(),
      sms_size: z.union([z.string().regex(/^\d{1,3}$/), z.int().min(0)]).nullish(),
    }),
  )
  .min(1)
  .max(BATCH_MAX)

/** The status reports of "SmsReport" (help.aliyun.com), the phone number left where it came from. */
export function readSmsReports(
  reportToken: string | undefined,
  token: string,
  rawBody: Buffer,
): readonly SmsReport[] {
  if (reportToken === undefined) throw new AppError('not_found', { detail: 'sms reports are not configured' })
  if (!sameText(reportToken, token)) throw new AppError('bad_signature', { detail: 'sms report: token' })
  const parsed = batch.safeParse(parseJson(rawBody))
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? ''
    throw new AppError('malformed_notice', { detail: `sms report: ${field}` })
  }
  return parsed.data.map(({ biz_id, success, err_code, sms_size }) => ({
    platformMessageId: biz_id,
    state: success ? 'delivered' : 'failed',
    code: err_code ?? (success ? 'DELIVERED' : 'FAILED'),
    parts: sms_size === null || sms_size === undefined ? null : Number(sms_size),
  }))
}

function sameText(wanted: string, given: string): boolean {
  const [a, b] = [Buffer.from(wanted), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}
