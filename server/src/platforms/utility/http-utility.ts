import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../core/clock'
import { AppError } from '../../core/errors'
import { type OutgoingHttp, readJson } from '../outgoing-http'
import type { UtilityAnswer, UtilityReading, UtilityReceipt, UtilitySystem } from '../utility-system'

const MAX_ANSWER_BYTES = 64 * 1024

const answerBody = z.object({ code: z.string().min(1).max(64) })

/**
 * A billing system that takes receipts and readings over HTTP: POST {baseUrl}/receipts and {baseUrl}/readings, the
 * raw body signed together with its time and path. The serial makes a repeat harmless, so everything unclear is answered by trying the same again.
 */
export function createHttpUtility(
  config: { baseUrl: string; secret: string },
  http: OutgoingHttp,
  clock: Clock,
): UtilitySystem {
  async function post(what: 'receipts' | 'readings', content: object): Promise<UtilityAnswer> {
    const url = `${config.baseUrl}/${what}`
    const path = new URL(url).pathname
    const body = JSON.stringify(content)
    const timestamp = String(clock.now())
    const text = `${timestamp}\nPOST\n${path}\n${body}`
    const reply = await http.send({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'x-yihu-timestamp': timestamp,
        'x-yihu-signature': createHmac('sha256', config.secret).update(text).digest('hex'),
      },
      body,
      maxBodyBytes: MAX_ANSWER_BYTES,
    })
    const { code } = readJson(reply, answerBody, 'utility')
    if (reply.status >= 200 && reply.status < 300 && code === 'OK') return { state: 'accepted', code }
    if (reply.status === 409 || reply.status === 422) return { state: 'refused', code }
    throw new AppError('platform_unavailable', { detail: `utility ${path}: HTTP ${reply.status} ${code}` })
  }
  return {
    postReceipt: (receipt) => post('receipts', wireReceipt(receipt)),
    postReading: (reading) => post('readings', wireReading(reading)),
  }
}

/** What goes over the wire; the company is named by the address. */
export function wireReceipt(receipt: UtilityReceipt): Omit<UtilityReceipt, 'companyId'> {
  const { serial, kind, accountNo, billKey, amountFen, paidAt, channel, tradeNo } = receipt
  return { serial, kind, accountNo, billKey, amountFen, paidAt, channel, tradeNo }
}

export function wireReading(reading: UtilityReading): Omit<UtilityReading, 'companyId'> {
  const { serial, accountNo, meterNo, period, value, unit, readAt, source, corrects, replaces } = reading
  return { serial, accountNo, meterNo, period, value, unit, readAt, source, corrects, replaces }
}
