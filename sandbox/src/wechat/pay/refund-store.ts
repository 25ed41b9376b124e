import type { Kernel, Table } from '../../kernel/kernel'

/** A refund at the platform. Times are epoch ms of the sandbox's clock. */
export interface Refund {
  /** mchid and out_refund_no joined. */
  id: string
  orderId: string
  refundId: string
  outRefundNo: string
  reason: string | null
  notifyUrl: string | null
  refundFen: number
  status: 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL'
  userReceivedAccount: string
  createdMs: number
  successMs: number | null
  notifyPending: boolean
}

export function refunds(kernel: Kernel): Table<Refund> {
  return kernel.store.table<Refund>('wechat.refunds')
}

/** The refunds of one order, oldest first. */
export function refundsOf(kernel: Kernel, orderIdText: string): Refund[] {
  return refunds(kernel)
    .all()
    .filter((refund) => refund.orderId === orderIdText)
    .sort((a, b) => a.createdMs - b.createdMs)
}
