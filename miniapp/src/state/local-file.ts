import { useCallback, useEffect, useState } from 'react'
import { addressOf, bearer } from '../api/client'
import { picture } from '../platform/picture'

/** What was brought onto this phone, by file and variant: signed addresses change with every answer. */
const fetched = new Map<string, Promise<string>>()

/** Brings a file of the server onto this phone, once. Rejects when it cannot be had. */
export function fetchFile(name: string, url: string): Promise<string> {
  const known = fetched.get(name)
  if (known) return known
  const local = picture.fetch(addressOf(url), bearer())
  fetched.set(name, local)
  local.catch(() => fetched.delete(name))
  return local
}

/** The address on this phone; null while it comes. `again` tries once more after a failure. */
export function useLocalFile(name: string, url: string | null) {
  const [state, setState] = useState<{ path: string | null; failed: boolean }>({ path: null, failed: false })
  const load = useCallback(() => {
    if (url === null) return
    fetchFile(name, url).then(
      (path) => setState({ path, failed: false }),
      () => setState({ path: null, failed: true }),
    )
  }, [name, url])
  useEffect(load, [load])
  return { ...state, again: load }
}
