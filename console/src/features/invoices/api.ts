import { read } from '../../api/client'
import { useAct, useRead } from '../../api/query'
import type { Input, Output } from '../../api/types'

export type DeskInvoice = Output<'invoiceDesk.list'>['items'][number]
export type InvoiceDetail = Output<'invoiceDesk.get'>['invoice']

const invoices = ['invoiceDesk.list', 'invoiceDesk.get'] as const

export const useInvoices = (input: Input<'invoiceDesk.list'>) =>
  useRead('invoiceDesk.list', input, { refetchMs: 30_000, keepOld: true })
export const useInvoice = (invoiceId: string) =>
  useRead('invoiceDesk.get', { invoiceId }, { refetchMs: 10_000 })
export const useRetryInvoice = () => useAct('invoiceDesk.retry', invoices)
export const useRedLetter = () => useAct('invoiceDesk.redLetter', invoices)

/** The address is good once, so it is asked for at each click. */
export const linkOf = (invoiceId: string) => read('invoiceDesk.link', { invoiceId })
