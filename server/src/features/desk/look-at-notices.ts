import type { Reader } from '../../core/db/database'
import { changedNotices, openSuggestionCounts } from '../notices'

/** Says that something of a company's notices is new; what it is, each page reads by itself and as its person may. */
export interface NoticeNews {
  readonly topic: 'notice' | 'suggestion'
  readonly companyId: string
}

/** What was seen at the last look, by `n` or `s` and the id. */
export type SeenNotices = Map<string, { readonly companyId: string; readonly stamp: string }>

/** More than a company has open at once; the newest come first. */
const AT_ONCE = 200

/**
 * What differs from the last look: notices changed since then, suggestions that came, grew or ended. `since` reaches
 * back far enough for changes that were stamped before they were committed. `seen` is brought up to date.
 */
export async function lookAtNotices(reader: Reader, seen: SeenNotices, since: number): Promise<NoticeNews[]> {
  const [notices, suggestions] = await Promise.all([
    changedNotices(reader, since, AT_ONCE),
    openSuggestionCounts(reader, AT_ONCE),
  ])
  const now: SeenNotices = new Map([
    ...notices.map(
      ({ id, companyId, revision, updatedAt }) =>
        [`n${id}`, { companyId, stamp: `${revision} ${updatedAt}` }] as const,
    ),
    ...suggestions.map(
      ({ id, companyId, requests }) => [`s${id}`, { companyId, stamp: String(requests) }] as const,
    ),
  ])
  const news = new Map<string, NoticeNews>()
  const tell = (key: string, companyId: string): void => {
    const topic = key.startsWith('n') ? 'notice' : 'suggestion'
    news.set(`${topic} ${companyId}`, { topic, companyId })
  }
  for (const [key, { companyId, stamp }] of now) if (seen.get(key)?.stamp !== stamp) tell(key, companyId)
  // A suggestion that is not open any more was used or dismissed; an old notice has only not changed again.
  for (const [key, { companyId }] of seen) if (key.startsWith('s') && !now.has(key)) tell(key, companyId)
  seen.clear()
  for (const [key, one] of now) seen.set(key, one)
  return [...news.values()]
}
