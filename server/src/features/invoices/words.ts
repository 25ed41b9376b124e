import type { InvoiceRow, TaskRow } from './entities'
import type { NextCode } from './schema'

/** What residents and staff read about an invoice. */

export const STATE_WORDS: Readonly<Record<InvoiceRow['state'], string>> = {
  issuing: '开票中',
  issued: '已开票',
  failed: '没有开成',
  cancelling: '冲红中',
  cancelled: '已冲红',
}

/** What happens next, or what the resident does; null where nothing does. */
export function nextOf(row: InvoiceRow, tasks: readonly TaskRow[]): NextCode | null {
  switch (row.state) {
    case 'issuing':
      return row.redReason === null ? 'issuing' : 'issuing-to-cancel'
    case 'issued':
      return row.fileName === null ? 'making-file' : null
    case 'failed':
      return 'failed'
    case 'cancelling':
      return waitsForBuyer(tasks) ? 'buyer-must-confirm' : 'cancelling'
    case 'cancelled':
      return row.redReason === 'returned' ? 'cancelled-refunded' : 'cancelled'
  }
}

const NEXT_WORDS: Readonly<Record<Exclude<NextCode, 'failed'>, string>> = {
  issuing: '税务平台正在开，一般几分钟。开好会告诉您，不用重复申请。',
  'issuing-to-cancel': '已经退款，开好后会自动冲红。',
  'making-file': '发票文件正在生成，稍后就能下载。',
  'buyer-must-confirm': '这张发票已被购买方勾选或入账，请在税务平台确认红字信息后才能冲红。',
  cancelling: '正在冲红，冲红后这张发票作废。',
  'cancelled-refunded': '已经退款，这张发票已冲红作废；没有退的部分可以重新开票。',
  cancelled: '这张发票已冲红作废，可以重新开票。',
}

export function nextInWords(row: InvoiceRow, tasks: readonly TaskRow[]): string | null {
  const next = nextOf(row, tasks)
  if (next !== 'failed') return next === null ? null : NEXT_WORDS[next]
  return `税务平台没有开：${row.failure ?? '原因不明'}。请核对抬头和税号后重新申请，或拨打客服电话。`
}

/** The platform's code for a red letter that the buyer must consent to. */
const BUYER_MUST_CONSENT = '2001'

function waitsForBuyer(tasks: readonly TaskRow[]): boolean {
  return tasks.some(
    ({ kind, state, lastCode }) => kind === 'red' && state === 'asked' && lastCode === BUYER_MUST_CONSENT,
  )
}

/** How a mail ends that was not sent because the invoice had been cancelled. */
export const NOT_STANDING = 'invoice_not_standing'

export function mailInWords(task: TaskRow, toMasked: string): string {
  if (task.lastCode === NOT_STANDING) return '发票已作废，没有发邮件'
  switch (task.state) {
    case 'done':
      return `已发到 ${toMasked}`
    case 'unknown':
      return `可能已发到 ${toMasked}，没有收到请重发`
    case 'refused':
    case 'failed':
      return `没有发到 ${toMasked}，请核对邮箱后重发`
    case 'due':
    case 'asked':
      return `等着发到 ${toMasked}`
  }
}

export const rateInWords = (ratePercent: number | null): string =>
  ratePercent === null ? '免税' : `${ratePercent}%`
