export { InvoicePage as Component } from '../features/invoices/invoice-page'
