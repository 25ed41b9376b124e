import { useCallback, useEffect, useRef, useState } from 'react'
import { act, read, sendPart } from '../api/client'
import { type FileDoor, sendFile } from './send-file'

export interface Upload {
  readonly key: string
  readonly previewUrl: string
  readonly file: File
  readonly fileId: string | null
  readonly state: 'sending' | 'processing' | 'ready' | 'refused' | 'failed'
  readonly share: number
  readonly why: string | null
}

export interface Uploads {
  readonly items: readonly Upload[]
  readonly fileIds: string[]
  readonly busy: boolean
  readonly full: boolean
  add(files: Iterable<File>): void
  again(key: string): void
  remove(key: string): void
  clear(): void
}

const door: FileDoor = {
  begin: (bytes) => act('files.begin', { kind: 'image', bytes }),
  send: sendPart,
  state: (fileId) => read('files.state', { fileId }),
  finish: (fileId) => act('files.finish', { fileId }),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}

let keys = 0

/** Pictures that are on their way to the server while the person still writes. */
export function useUploads(most: number): Uploads {
  const [items, setItems] = useState<readonly Upload[]>([])
  const latest = useRef(items)
  useEffect(() => {
    latest.current = items
  })
  // A page that is left gives its previews back.
  useEffect(() => () => latest.current.forEach(({ previewUrl }) => URL.revokeObjectURL(previewUrl)), [])
  const change = useCallback((key: string, next: Partial<Upload>): void => {
    setItems((before) => before.map((one) => (one.key === key ? { ...one, ...next } : one)))
  }, [])
  const start = useCallback(
    async ({ key, file }: Upload): Promise<void> => {
      change(key, { state: 'sending', why: null })
      try {
        const end = await sendFile(door, file, (share, fileId) =>
          change(key, { share, fileId, state: share < 1 ? 'sending' : 'processing' }),
        )
        const state = end.state === 'ready' ? 'ready' : end.state === 'refused' ? 'refused' : 'processing'
        change(key, { fileId: end.fileId, state, why: end.reason })
      } catch {
        change(key, { state: 'failed' })
      }
    },
    [change],
  )
  const add = (files: Iterable<File>): void => {
    const room = most - latest.current.length
    const pictures = [...files].filter(({ type }) => type.startsWith('image/')).slice(0, Math.max(0, room))
    const added = pictures.map(begun)
    setItems((before) => [...before, ...added])
    for (const item of added) void start(item)
  }
  const remove = (key: string): void => {
    const gone = items.find((one) => one.key === key)
    if (gone) URL.revokeObjectURL(gone.previewUrl)
    setItems((before) => before.filter((one) => one.key !== key))
    // The server throws away what nobody attached; telling it only makes that sooner.
    if (gone?.fileId) act('files.discard', { fileId: gone.fileId }).catch(() => undefined)
  }
  return {
    items,
    fileIds: items.flatMap(({ fileId, state }) => (fileId !== null && state === 'ready' ? [fileId] : [])),
    busy: items.some(({ state }) => state === 'sending' || state === 'processing'),
    full: items.length >= most,
    add,
    again: (key) => {
      const item = items.find((one) => one.key === key)
      if (item) void start(item)
    },
    remove,
    clear: () => setItems([]),
  }
}

const begun = (file: File): Upload => ({
  key: `upload-${++keys}`,
  previewUrl: URL.createObjectURL(file),
  file,
  fileId: null,
  state: 'sending',
  share: 0,
  why: null,
})
