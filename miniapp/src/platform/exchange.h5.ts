import { parsedJson } from './json'
import type { Exchange, Question } from './types'

/**
 * The browser's own: Taro's brings three libraries for browsers that are long gone to the first page, and tells an
 * answer that is late as a network that is away.
 */
export const exchange: Exchange = async (question) => {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), question.timeout)
  const { method, data, header } = question
  try {
    const answer = await fetch(addressOf(question), {
      method,
      ...(method === 'POST' ? { body: data as string | ArrayBuffer } : {}),
      headers: header,
      credentials: 'same-origin',
      signal: late.signal,
    })
    const text = await answer.text()
    return { status: answer.status, data: parsedJson(text) }
  } catch {
    return late.signal.aborted ? 'timeout' : 'offline'
  } finally {
    clearTimeout(timer)
  }
}

function addressOf({ url, method, data }: Question): string {
  if (method !== 'GET') return url
  const known = Object.entries(data).filter(([, value]) => value !== undefined)
  if (known.length === 0) return url
  const said = known.map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ])
  return `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(said)}`
}
