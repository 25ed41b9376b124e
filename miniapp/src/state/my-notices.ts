import { read } from '../api/client'
import type { NoticesOfMine } from '../api/types'
import { useResource } from './resource'

/** What concerns my households; the last copy serves while the network or our database is away. */
export const useMyNotices = (enabled = true) =>
  useResource<NoticesOfMine>('notices-of-mine', () => read('notices.mine', {}), {
    cache: 'notices-of-mine',
    onShow: true,
    keptWhenDown: true,
    enabled,
  })
