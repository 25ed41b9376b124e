import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../core/clock'
import { AppError } from '../../core/errors'
import { type OutgoingHttp, readJson } from '../outgoing-http'
import type { UtilityReceipt, UtilitySystem } from '../utility-system'

const MAX_ANSWER_BYTES = 64 * 1024

const answerBody = z.object({ code: z.string().min(1).max(64) })

/**
 * A billing system that takes receipts over HTTP: POST {baseUrl}/receipts, the raw body signed together with its
 * time and path. The serial makes a repeat harmless, so everything unclear is answered by trying the same again.
 */
export function createHttpUtility(
  config: { baseUrl: string; secret: string },
  http: OutgoingHttp,
  clock: Clock,
): UtilitySystem {
  const url = `${config.baseUrl}/receipts`
  const path = new URL(url).pathname
  return {
    async postReceipt(receipt) {
      const body = JSON.stringify(wireReceipt(receipt))
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
    },
  }
}

/** What goes over the wire; the company is named by the address. */
export function wireReceipt(receipt: UtilityReceipt): Omit<UtilityReceipt, 'companyId'> {
  const { serial, kind, accountNo, billKey, amountFen, paidAt, channel, tradeNo } = receipt
  return { serial, kind, accountNo, billKey, amountFen, paidAt, channel, tradeNo }
}
