import { useEffect, useRef, useState } from 'react'
import { write } from '../api/client'
import { type Attachment, UploadQueue } from './queue'
import { uploadPorts } from './ports'

export interface Uploads {
  readonly items: readonly Attachment[]
  readonly queue: UploadQueue
  /** Takes it off the list, and off the server when it is there. */
  remove(item: Attachment): void
}

/** The chosen files of one form. `onChange` may keep them; `kept` are those of an earlier visit. */
export function useUploads(
  kept: readonly Attachment[] = [],
  onChange: (items: readonly Attachment[]) => void = () => undefined,
): Uploads {
  const [items, setItems] = useState<readonly Attachment[]>(kept)
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  const [queue] = useState(
    () =>
      new UploadQueue(
        uploadPorts,
        (next) => {
          setItems(next)
          latest.current(next)
        },
        kept,
      ),
  )
  useEffect(() => {
    void queue.run()
    return () => queue.close()
  }, [queue])
  const remove = (item: Attachment) => {
    queue.remove(item.key)
    const { fileId } = item.upload
    if (fileId === null) return
    write('files.discard', { fileId }).catch(() => {
      // What nobody attaches is thrown away by the server itself.
    })
  }
  return { items, queue, remove }
}
