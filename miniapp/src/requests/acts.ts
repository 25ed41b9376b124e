import { write } from '../api/client'
import type { Input, RequestView } from '../api/types'

type Outcome = Input<'requests.rate'>['outcome']

/** What the resident says of how it went. */
export interface RatingGiven {
  stars: number
  outcome: Outcome
  reasons: string[]
  words: string
  fileIds: string[]
}

/** What can be done with a request, by whoever may: the resident, or the holder of a follow-link. */
export interface RequestActs {
  /** Files can go with it; the holder of a link has no place to put them. */
  withFiles: boolean
  add(words: string, fileIds: string[]): Promise<RequestView>
  urge(): Promise<RequestView>
  cancel(reason: string): Promise<RequestView>
  rate(rating: RatingGiven): Promise<{ request: RequestView; followUp: { number: string } | null }>
}

export const residentActs = (requestId: string): RequestActs => ({
  withFiles: true,
  add: async (words, fileIds) => (await write('requests.add', { requestId, words, fileIds })).request,
  urge: async () => (await write('requests.urge', { requestId })).request,
  cancel: async (reason) => (await write('requests.cancel', { requestId, reason })).request,
  rate: ({ stars, outcome, reasons, words, fileIds }) =>
    write('requests.rate', {
      requestId,
      stars,
      outcome,
      reasons,
      fileIds,
      ...(words.trim() === '' ? {} : { words: words.trim() }),
    }),
})

export function linkActs(token: string): RequestActs {
  const act = async (wish: Input<'requests.actByLink'>['act']) =>
    (await write('requests.actByLink', { token, act: wish })).request
  return {
    withFiles: false,
    add: (words) => act({ kind: 'add', words }),
    urge: () => act({ kind: 'urge' }),
    cancel: (reason) => act({ kind: 'cancel', reason }),
    rate: async ({ stars, outcome, reasons, words }) => ({
      request: await act({
        kind: 'rate',
        stars,
        outcome,
        reasons,
        ...(words.trim() === '' ? {} : { words: words.trim() }),
      }),
      followUp: null,
    }),
  }
}
