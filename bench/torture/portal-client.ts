/** One answer of the portal: what it said, or null when nobody answered. */
export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly tookMs: number
}

const TIMEOUT_MS = 10_000

/** Calls the portal as the mini-program does; a broken connection is an answer like any other (status 0). */
export async function callPortal(
  portalUrl: string,
  operation: string,
  input: Readonly<Record<string, unknown>> | null,
  token: string | null,
): Promise<Answer> {
  const started = performance.now()
  const took = (): number => performance.now() - started
  try {
    const response = await fetch(`${portalUrl}/api/${operation}`, {
      method: input === null ? 'GET' : 'POST',
      headers: {
        connection: 'close',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(input === null ? {} : { 'content-type': 'application/json' }),
      },
      ...(input === null ? {} : { body: JSON.stringify(input) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const body = (await response.json()) as Record<string, unknown>
    return { status: response.status, body, tookMs: took() }
  } catch {
    return { status: 0, body: {}, tookMs: took() }
  }
}

export function errorCode(answer: Answer): string {
  const error = answer.body['error'] as { code?: string } | undefined
  return error?.code ?? (answer.status === 0 ? 'no_answer' : '')
}

/** Whether the same act under the same client id is worth another try. */
export function isTransient(answer: Answer): boolean {
  return answer.status === 0 || answer.status >= 500 || answer.status === 429
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
