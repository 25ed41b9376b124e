/** One door of the console: where it leads, and the operations without which it would be empty. */
export interface MenuEntry {
  readonly id:
    | 'inbox'
    | 'create'
    | 'chat'
    | 'calls'
    | 'readings'
    | 'board'
    | 'review'
    | 'codes'
    | 'heating'
    | 'invoices'
    | 'outlets'
    | 'knowledge'
    | 'dispatch'
    | 'map'
    | 'slots'
    | 'replies'
    | 'notices'
    | 'messages'
    | 'official'
    | 'catalogue'
    | 'people'
    | 'teams'
    | 'exports'
    | 'troubles'
    | 'privacy'
    | 'audit'
  readonly path: string
  /** Any of them opens it. */
  readonly needs: readonly string[]
}

const entries: readonly MenuEntry[] = [
  { id: 'inbox', path: '/inbox', needs: ['desk.list'] },
  { id: 'create', path: '/new', needs: ['desk.create'] },
  { id: 'chat', path: '/chat', needs: ['chatDesk.list'] },
  { id: 'calls', path: '/calls', needs: ['calls.list'] },
  { id: 'readings', path: '/readings', needs: ['readingDesk.list'] },
  { id: 'heating', path: '/heating', needs: ['heating.listCases'] },
  { id: 'invoices', path: '/invoices', needs: ['invoiceDesk.list'] },
  { id: 'dispatch', path: '/dispatch', needs: ['dispatch.assign'] },
  { id: 'map', path: '/map', needs: ['map.read'] },
  { id: 'slots', path: '/slots', needs: ['slots.plan'] },
  { id: 'notices', path: '/notices', needs: ['notices.deskList'] },
  { id: 'codes', path: '/codes', needs: ['codeDesk.list'] },
  { id: 'outlets', path: '/outlets', needs: ['outletDesk.queue', 'outletDesk.save'] },
  { id: 'messages', path: '/messages', needs: ['messages.report', 'messages.history'] },
  { id: 'official', path: '/official', needs: ['official.menu'] },
  { id: 'knowledge', path: '/knowledge', needs: ['knowledge.list'] },
  { id: 'board', path: '/board', needs: ['chatBoard.read'] },
  { id: 'review', path: '/review', needs: ['chatReview.list'] },
  { id: 'replies', path: '/replies', needs: ['replies.list'] },
  { id: 'exports', path: '/exports', needs: ['desk.exports'] },
  { id: 'troubles', path: '/troubles', needs: ['troubles.list'] },
  { id: 'people', path: '/people', needs: ['staff.list'] },
  { id: 'teams', path: '/teams', needs: ['teams.save'] },
  { id: 'catalogue', path: '/catalogue', needs: ['catalogue.get'] },
  { id: 'audit', path: '/audit', needs: ['audit.list'] },
  { id: 'privacy', path: '/privacy', needs: ['privacyDesk.readRegister'] },
]

/** Only doors that lead somewhere for this person; the first one is their home. */
export const menuFor = (may: readonly string[]): readonly MenuEntry[] =>
  entries.filter((entry) => entry.needs.some((one) => may.includes(one)))

export const homeOf = (may: readonly string[]): string => menuFor(may)[0]?.path ?? '/me'

/** Writing is for those who may keep a draft; everything else below a list is for its readers. */
const writes: readonly (readonly [RegExp, string])[] = [
  [/^\/notices\/write(\/|$)/, 'notices.saveDraft'],
  [/^\/knowledge\/write(\/|$)/, 'knowledge.save'],
]
/** Doors with pages below them; whoever may open the list may open one of it. */
const above = ['/notices', '/chat', '/calls', '/readings', '/heating', '/invoices', '/knowledge', '/review']

/** The door that an address below it belongs to. */
function doorOf(path: string): string {
  if (path.startsWith('/requests/')) return '/inbox'
  return above.find((door) => path.startsWith(`${door}/`)) ?? path
}

/** Whether a page may be opened by its address; `/requests/…` belongs to the inbox. */
export function mayOpen(path: string, may: readonly string[]): boolean {
  if (path === '/' || path === '/me') return true
  if (writes.some(([pages, needs]) => pages.test(path) && !may.includes(needs))) return false
  return menuFor(may).some((entry) => entry.path === doorOf(path))
}
