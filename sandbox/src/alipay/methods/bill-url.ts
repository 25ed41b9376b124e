import { createHash } from 'node:crypto'
import type { AlipayAppConfig, Kernel } from '../../kernel/kernel'
import { movements, type Period } from '../bill-files'
import { onlyKnown, type Call, type Method } from '../call'
import { Refusal } from '../refusal'
import { DAY_MS, parseShanghai } from '../time'

/** A ticket to fetch one bill file; dead after 30 s (alipay.md 4). */
interface BillTicket {
  appId: string
  pid: string
  type: 'trade' | 'signcustomer'
  period: Period
  expiresMs: number
}

const TICKET_LIFE_MS = 30_000
const READY_HOUR = 9

/** The tickets, by token. */
export function billTickets(kernel: Kernel) {
  return kernel.store.table<BillTicket>('alipay.bill-tickets')
}

// Production has been seen to answer lower-case spellings that the documentation does not list; both exist here.
function refuse(call: Call, documented: string, seen: string, words: string): Refusal {
  const subCode = call.kernel.faults.take('alipay.bill.enum-errors') ? documented : seen
  return new Refusal('40004', subCode, words)
}

function startOf(day: string): number {
  return parseShanghai(`${day} 00:00:00`) ?? Number.NaN
}

/** The period of `yyyy-MM-dd` or `yyyy-MM`, and when its file is ready: 09:00 next day, the 3rd of the next month. */
function readPeriod(text: string): (Period & { readyMs: number }) | undefined {
  const monthly = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text)
  if (monthly) {
    const [year, month] = [Number(monthly[1]), Number(monthly[2])]
    const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
    const readyMs = startOf(`${next}-03`)
    return {
      fromMs: startOf(`${text}-01`),
      toMs: startOf(`${next}-01`),
      label: text.replace('-', ''),
      readyMs,
    }
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(startOf(text))) return undefined
  const fromMs = startOf(text)
  const toMs = fromMs + DAY_MS
  return { fromMs, toMs, label: text.replaceAll('-', ''), readyMs: toMs + READY_HOUR * 3_600_000 }
}

function downloadUrl(call: Call, app: AlipayAppConfig, ticket: BillTicket, token: string): string {
  const file = `${app.pid}0156_${ticket.period.label}.csv.zip`
  const query = new URLSearchParams({
    bizType: ticket.type,
    userId: `${app.pid}0156`,
    fileType: 'csv.zip',
    bizDates: ticket.period.label,
    downloadFileName: file,
    fileId: `/${ticket.type}/${app.pid}0156/${ticket.period.label}.csv.zip`,
    timestamp: String(Math.floor(call.kernel.clock.now() / 1_000)),
    token,
  })
  return `${call.origin}/alipay/downloadBillFile.resource?${query.toString()}`
}

/** alipay.data.dataservice.bill.downloadurl.query (alipay.md 4). */
export const billUrl: Method = {
  run: (call) => {
    const { kernel, app, biz } = call
    onlyKnown(biz, ['bill_type', 'bill_date', 'smid'])
    const { bill_type: type, bill_date: date } = biz
    if (type !== 'trade' && type !== 'signcustomer') {
      throw refuse(call, 'TYPE_NOT_SUPPORTED', 'invalid_arguments', '账单类型不支持')
    }
    const period = typeof date === 'string' ? readPeriod(date) : undefined
    if (!period) throw refuse(call, 'INVAILID_ARGUMENTS', 'invalid_arguments', '参数不合法')
    if (kernel.clock.now() < period.readyMs) {
      throw refuse(call, 'BILL_NOT_EXIST', 'isp.bill_not_exist', '账单不存在')
    }
    const { fromMs, toMs, label } = period
    const ticket: BillTicket = {
      appId: app.appId,
      pid: app.pid,
      type,
      period: { fromMs, toMs, label },
      expiresMs: kernel.clock.now() + TICKET_LIFE_MS,
    }
    const token = createHash('md5')
      .update(`${kernel.random.hex(32)}|${label}`)
      .digest('hex')
    billTickets(kernel).put(token, ticket)
    const empty = movements(kernel, app.pid, ticket.period).length === 0
    return {
      bill_download_url: downloadUrl(call, app, ticket, token),
      ...(empty ? { bill_file_code: 'EMPTY_DATA_WITH_BILL_FILE' } : {}),
    }
  },
}
