import { useEffect, useState } from 'react'
import { write } from '../api/client'
import { onNetwork } from '../state/waiting'
import { type Attachment, UploadQueue } from './queue'
import { uploadPorts } from './ports'

export interface Uploads {
  readonly items: readonly Attachment[]
  readonly queue: UploadQueue
  /** Takes it off the list, and off the server when it is there. */
  remove(item: Attachment): void
}

/** The chosen files of one form; `kept` are those of an earlier visit. They go on as soon as the form is open. */
export function useUploads(kept: readonly Attachment[] = []): Uploads {
  const [queue] = useState(() => new UploadQueue(uploadPorts, kept))
  const [items, setItems] = useState<readonly Attachment[]>(queue.items)
  useEffect(() => {
    queue.listen(setItems)
    void queue.run()
    return () => queue.close()
  }, [queue])
  useEffect(() => onNetwork(() => queue.resume()), [queue])
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
