import type { InvoiceIssuer } from '../invoice-issuer'

/** Where a company has no tax platform configured: nothing is issued, and staff read why. */
export function createNoTax(): InvoiceIssuer {
  const refused = {
    state: 'refused',
    code: 'no_tax_platform',
    reason: '没有配置税务平台',
  } as const
  return {
    issue: () => Promise.resolve(refused),
    query: () => Promise.resolve({ state: 'not-found' }),
    redLetter: () => Promise.resolve(refused),
    file: () => Promise.resolve({ state: 'later', code: refused.code }),
  }
}
