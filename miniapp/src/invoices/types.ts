import type { GivenInput, Output } from '../api/types'

export type { Invoice, InvoiceSummary } from '../api/types'
export type OpenItem = Output<'invoices.listOpen'>['items'][number]
export type Title = Output<'invoices.titles'>['items'][number]
export type NewTitle = GivenInput<'invoices.saveTitle'>['title']
