import type { InvoiceRow, TaskRow } from './entities'

/** What residents and staff read about an invoice. */

export const STATE_WORDS: Readonly<Record<InvoiceRow['state'], string>> = {
  issuing: '开票中',
  issued: '已开票',
  failed: '没有开成',
  cancelling: '冲红中',
  cancelled: '已冲红',
}

/** What happens next, or what the resident does; null where nothing does. */
export function nextInWords(row: InvoiceRow, tasks: readonly TaskRow[]): string | null {
  switch (row.state) {
    case 'issuing':
      return row.redReason === null
        ? '税务平台正在开，一般几分钟。开好会告诉您，不用重复申请。'
        : '已经退款，开好后会自动冲红。'
    case 'issued':
      return row.fileName === null ? '发票文件正在生成，稍后就能下载。' : null
    case 'failed':
      return `税务平台没有开：${row.failure ?? '原因不明'}。请核对抬头和税号后重新申请，或拨打客服电话。`
    case 'cancelling':
      return waitsForBuyer(tasks)
        ? '这张发票已被购买方勾选或入账，请在税务平台确认红字信息后才能冲红。'
        : '正在冲红，冲红后这张发票作废。'
    case 'cancelled':
      return row.redReason === 'returned'
        ? '已经退款，这张发票已冲红作废；没有退的部分可以重新开票。'
        : '这张发票已冲红作废，可以重新开票。'
  }
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
