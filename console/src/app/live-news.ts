/** What the server tells over `/console/live`; anything that we do not understand only makes us look again. */
export interface News {
  readonly topic: string
  readonly requestId: string | null
}

export function readNews(data: string): News {
  try {
    const found = JSON.parse(data) as { kind?: unknown; topic?: unknown; requestId?: unknown } | null
    const topic = found?.topic ?? found?.kind
    return {
      topic: typeof topic === 'string' ? topic : 'request',
      requestId: typeof found?.requestId === 'string' ? found.requestId : null,
    }
  } catch {
    return { topic: 'request', requestId: null }
  }
}

const noticeReads = ['notices.deskList', 'notices.deskGet', 'notices.progress', 'notices.suggestions']
const lists = ['desk.list', 'desk.counts']

/** Reads that such news makes old; the request itself is refreshed by its id. */
export function touchedBy(topic: string): readonly string[] {
  if (topic === 'look') return []
  if (topic === 'offer') return ['dispatch.offers', 'dispatch.suggest', ...lists]
  if (topic === 'help') return ['help.list', 'help.read']
  if (topic === 'notice') return noticeReads
  if (topic === 'suggestion') return ['notices.suggestions']
  if (topic === 'presence' || topic === 'place') return ['dispatch.suggest', 'map.read']
  return [...lists, 'dispatch.offers', 'dispatch.suggest', 'map.read', 'help.list', 'help.read']
}

/** Everything that is read again every few seconds while there is no live connection. */
export const polled: readonly string[] = [
  ...lists,
  'desk.get',
  'dispatch.offers',
  'help.list',
  'help.read',
  'map.read',
  ...noticeReads,
]
