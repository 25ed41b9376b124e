/** One door of the console: where it leads, and the operation without which it would be empty. */
export interface MenuEntry {
  readonly id:
    | 'inbox'
    | 'create'
    | 'dispatch'
    | 'map'
    | 'slots'
    | 'replies'
    | 'catalogue'
    | 'people'
    | 'teams'
    | 'audit'
  readonly path: string
  readonly needs: string
}

const entries: readonly MenuEntry[] = [
  { id: 'inbox', path: '/inbox', needs: 'desk.list' },
  { id: 'create', path: '/new', needs: 'desk.create' },
  { id: 'dispatch', path: '/dispatch', needs: 'dispatch.assign' },
  { id: 'map', path: '/map', needs: 'map.read' },
  { id: 'slots', path: '/slots', needs: 'slots.plan' },
  { id: 'replies', path: '/replies', needs: 'replies.list' },
  { id: 'people', path: '/people', needs: 'staff.list' },
  { id: 'teams', path: '/teams', needs: 'teams.save' },
  { id: 'catalogue', path: '/catalogue', needs: 'catalogue.get' },
  { id: 'audit', path: '/audit', needs: 'audit.list' },
]

/** Only doors that lead somewhere for this person; the first one is their home. */
export const menuFor = (may: readonly string[]): readonly MenuEntry[] =>
  entries.filter((entry) => may.includes(entry.needs))

export const homeOf = (may: readonly string[]): string => menuFor(may)[0]?.path ?? '/me'

/** Whether a page may be opened by its address; `/requests/…` belongs to the inbox. */
export function mayOpen(path: string, may: readonly string[]): boolean {
  if (path === '/' || path === '/me') return true
  const door = path.startsWith('/requests/') ? '/inbox' : path
  return menuFor(may).some((entry) => entry.path === door)
}
