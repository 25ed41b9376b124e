/** One door of the console: where it leads, and the operations without which it would be empty. */
export interface MenuEntry {
  readonly id:
    | 'inbox'
    | 'create'
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
    | 'audit'
  readonly path: string
  /** Any of them opens it. */
  readonly needs: readonly string[]
}

const entries: readonly MenuEntry[] = [
  { id: 'inbox', path: '/inbox', needs: ['desk.list'] },
  { id: 'create', path: '/new', needs: ['desk.create'] },
  { id: 'dispatch', path: '/dispatch', needs: ['dispatch.assign'] },
  { id: 'map', path: '/map', needs: ['map.read'] },
  { id: 'slots', path: '/slots', needs: ['slots.plan'] },
  { id: 'notices', path: '/notices', needs: ['notices.deskList'] },
  { id: 'messages', path: '/messages', needs: ['messages.report', 'messages.history'] },
  { id: 'official', path: '/official', needs: ['official.menu'] },
  { id: 'replies', path: '/replies', needs: ['replies.list'] },
  { id: 'exports', path: '/exports', needs: ['desk.exports'] },
  { id: 'troubles', path: '/troubles', needs: ['troubles.list'] },
  { id: 'people', path: '/people', needs: ['staff.list'] },
  { id: 'teams', path: '/teams', needs: ['teams.save'] },
  { id: 'catalogue', path: '/catalogue', needs: ['catalogue.get'] },
  { id: 'audit', path: '/audit', needs: ['audit.list'] },
]

/** Only doors that lead somewhere for this person; the first one is their home. */
export const menuFor = (may: readonly string[]): readonly MenuEntry[] =>
  entries.filter((entry) => entry.needs.some((one) => may.includes(one)))

export const homeOf = (may: readonly string[]): string => menuFor(may)[0]?.path ?? '/me'

/** Writing a notice is for those who may keep one; everything else below the list is for its readers. */
const writes = /^\/notices\/write(\/|$)/

/** The door that an address below it belongs to. */
function doorOf(path: string): string {
  if (path.startsWith('/requests/')) return '/inbox'
  return path.startsWith('/notices/') ? '/notices' : path
}

/** Whether a page may be opened by its address; `/requests/…` belongs to the inbox. */
export function mayOpen(path: string, may: readonly string[]): boolean {
  if (path === '/' || path === '/me') return true
  if (writes.test(path) && !may.includes('notices.saveDraft')) return false
  return menuFor(may).some((entry) => entry.path === doorOf(path))
}
