/** The sandbox's switches, and its own books. */
export interface MoneyRow {
  readonly channel: string
  readonly outTradeNo: string
  readonly tradeNo: string
  readonly totalFen: number
  readonly refundedFen: number
  readonly state: string
}

export interface ReceiptRow {
  readonly serial: string
  readonly kind: string
  readonly amountFen: number
}

export interface FaultRule {
  readonly name: string
  readonly probability?: number
  readonly times?: number
  readonly params?: Readonly<Record<string, unknown>>
}

export function controlOf(sandboxUrl: string) {
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${sandboxUrl}/control${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
      signal: AbortSignal.timeout(120_000),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`the sandbox's ${path} answered ${response.status}: ${text}`)
    return JSON.parse(text) as T
  }
  const post = <T = unknown>(path: string, body: object): Promise<T> => call<T>('POST', path, body)
  return {
    get: <T>(path: string) => call<T>('GET', path),
    post,
    setFault: (rule: FaultRule) => post('/faults', rule),
    clearFault: (name: string) => call('DELETE', `/faults/${encodeURIComponent(name)}`),
    clearFaults: async () => {
      const { active } = await call<{ active: FaultRule[] }>('GET', '/faults')
      for (const { name } of active) await call('DELETE', `/faults/${encodeURIComponent(name)}`)
    },
    speed: (factor: number) => post('/clock', { speed: factor }),
    advance: (ms: number) => post('/clock', { advanceMs: ms }),
    utilityDown: (companyId: string, down: boolean) => post(`/utility/${companyId}/down`, { down }),
    money: async () => (await call<{ taken: MoneyRow[] }>('GET', '/money')).taken,
    receipts: async (companyId: string) =>
      (await call<{ receipts: ReceiptRow[] }>('GET', `/utility/${companyId}`)).receipts,
    pendingCallbacks: async () => (await call<{ pending: unknown[] }>('GET', '/callbacks')).pending.length,
  }
}

export type Control = ReturnType<typeof controlOf>
