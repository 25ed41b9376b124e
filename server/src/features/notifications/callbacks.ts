import { SMS_REPORT_ACK } from '../../platforms'
import type { RawRoute } from '../../platforms/feature'
import { receiveSmsReports } from './receive-sms-reports'

/** Where the provider of text messages says what became of them; the last part of the address is a secret of ours. */
export const smsReports: RawRoute = {
  name: 'sms.report',
  method: 'POST',
  path: '/sms/report/:token',
  kind: 'callback',
  handle: async (koa, ctx, rawBody) => {
    const { token } = koa['params'] as { token?: string }
    await receiveSmsReports(ctx, token ?? '', rawBody)
    koa.type = 'json'
    koa.body = SMS_REPORT_ACK
  },
}
