import type { InvoiceSummary } from './types'

export function toneOf(state: InvoiceSummary['state']): 'ok' | 'warn' | 'plain' {
  if (state === 'issued') return 'ok'
  return state === 'failed' ? 'warn' : 'plain'
}
