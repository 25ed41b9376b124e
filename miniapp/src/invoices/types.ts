import type { GivenInput, Output } from '../api/types'

export type Invoice = Output<'invoices.get'>['invoice']
export type InvoiceSummary = Output<'invoices.list'>['items'][number]
export type OpenItem = Output<'invoices.listOpen'>['items'][number]
export type Title = Output<'invoices.titles'>['items'][number]
export type NewTitle = GivenInput<'invoices.saveTitle'>['title']
