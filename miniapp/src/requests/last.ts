import type { RequestView } from '../api/types'

/** The request just sent, so that the next page has something to show before its first answer. */
let last: RequestView | null = null

export const keepRequest = (request: RequestView): void => {
  last = request
}
export const keptRequest = (id: string): RequestView | null => (last?.id === id ? last : null)
