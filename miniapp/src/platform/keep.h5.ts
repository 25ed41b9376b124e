import { newClientId } from '../api/act-ids'
import { keepFileAs, keptFile } from './kept-files'
import type { KeepPlatform } from './types'

const room = 'kept'

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('yihu-field', 1)
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(room))
    opening.addEventListener('success', () => resolve(opening.result))
    opening.addEventListener('error', () => reject(opening.error ?? new Error('no room for files')))
  })
}

async function inRoom<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await database()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(room, mode)
      const asked = ask(transaction.objectStore(room))
      transaction.addEventListener('complete', () => resolve(asked.result))
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('no room for files')))
    })
  } finally {
    db.close()
  }
}

const addresses = new Map<string, string>()

/** The browser's own database holds files over restarts; pages read them from memory once they are awake. */
export const keep: KeepPlatform = {
  keep: async (file) => {
    const blob = keptFile(file.path)
    if (!blob) throw new Error('the page was loaded anew')
    const path = `kept:${newClientId()}`
    await inRoom('readwrite', (store) => store.put(blob, path))
    keepFileAs(path, blob)
    return { ...file, path }
  },
  wake: async (path) => {
    if (keptFile(path)) return
    const blob: unknown = await inRoom<unknown>('readonly', (store) => store.get(path) as IDBRequest<unknown>)
    if (blob instanceof Blob) keepFileAs(path, blob)
  },
  shown: (path) => {
    const blob = keptFile(path)
    if (!blob) return null
    const known = addresses.get(path)
    if (known !== undefined) return known
    const address = URL.createObjectURL(blob)
    addresses.set(path, address)
    return address
  },
  drop: (path) => {
    const address = addresses.get(path)
    if (address !== undefined) URL.revokeObjectURL(address)
    addresses.delete(path)
    inRoom('readwrite', (store) => store.delete(path)).catch(() => {
      // It was gone already.
    })
  },
}
