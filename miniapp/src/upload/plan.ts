import type { FileKind, FileProgress } from '../api/types'

/**
 * Pure rules of sending one file in parts. The server alone knows how much has arrived: after anything that broke
 * it is asked, and sending goes on from there.
 */
export interface Upload {
  readonly kind: FileKind
  readonly bytes: number
  /** Names the promise of this file, so that a repeat does not promise a second one. */
  readonly clientId: string
  readonly fileId: string | null
  readonly partBytes: number
  /** How many bytes the server is known to have. */
  readonly offset: number
  /** `broken`: the network kept failing; a tap goes on from where it was. `refused`: this file will not do. */
  readonly state: 'sending' | 'checking' | 'ready' | 'refused' | 'broken'
  /** Why it was refused, in the server's words; null where the reason is ours to say. */
  readonly reason: string | null
  /** Failures since something last moved. */
  readonly failures: number
  /** The server must be asked before the next part. */
  readonly unsure: boolean
  /** How often the server was asked whether it has finished looking at the file. */
  readonly looks: number
}

export type Step =
  | { readonly do: 'begin' | 'finish' | 'ask' }
  | { readonly do: 'part'; readonly offset: number; readonly length: number }
  | { readonly do: 'nothing' }

export type UploadEvent =
  | { readonly kind: 'progress'; readonly progress: FileProgress; readonly partBytes?: number }
  /** No answer came, or none that says anything about the file. */
  | { readonly kind: 'lost' }
  /** The server knows no such file: it was never promised, or it waited too long. */
  | { readonly kind: 'gone'; readonly clientId: string }
  | { readonly kind: 'refused'; readonly reason: string }
  /** The phone no longer has the file. */
  | { readonly kind: 'unreadable' }

const mostFailures = 5
const restsMs = [500, 1_000, 2_000, 4_000, 8_000] as const
const looksMs = [400, 800, 1_500, 2_500, 4_000] as const

export const newUpload = (kind: FileKind, bytes: number, clientId: string): Upload => ({
  kind,
  bytes,
  clientId,
  fileId: null,
  partBytes: 0,
  offset: 0,
  state: 'sending',
  reason: null,
  failures: 0,
  unsure: false,
  looks: 0,
})

export const isOver = ({ state }: Upload): boolean =>
  state === 'ready' || state === 'refused' || state === 'broken'

/** What is to be done next. */
export function nextStep(upload: Upload): Step {
  if (isOver(upload)) return { do: 'nothing' }
  if (upload.fileId === null) return { do: 'begin' }
  if (upload.unsure || upload.partBytes === 0 || upload.state === 'checking') return { do: 'ask' }
  if (upload.offset >= upload.bytes) return { do: 'finish' }
  return {
    do: 'part',
    offset: upload.offset,
    length: Math.min(upload.partBytes, upload.bytes - upload.offset),
  }
}

/** How long to wait before the next step: longer after each failure, and between two looks at a file in work. */
export function restMs(upload: Upload): number {
  if (isOver(upload)) return 0
  if (upload.failures > 0) return restsMs[upload.failures - 1] ?? 8_000
  return upload.state === 'checking' ? (looksMs[upload.looks] ?? 4_000) : 0
}

function moved(upload: Upload, progress: FileProgress, partBytes: number): Upload {
  const { fileId, offset, state, reason } = progress
  const base = { ...upload, fileId, offset, partBytes, unsure: false }
  if (state === 'ready') return { ...base, state, offset: upload.bytes, failures: 0 }
  if (state === 'refused') return { ...base, state, reason, failures: 0 }
  if (state === 'processing') return { ...base, state: 'checking', failures: 0, looks: upload.looks + 1 }
  // An answer to a part that brought nothing forward must not be repeated for ever.
  const stuck = upload.fileId === fileId && !upload.unsure && offset <= upload.offset
  return failed({ ...base, state: 'sending' }, stuck ? upload.failures + 1 : 0)
}

const failed = (upload: Upload, failures: number): Upload => ({
  ...upload,
  failures,
  ...(failures >= mostFailures ? { state: 'broken' as const } : {}),
})

/** The upload after something happened. */
export function after(upload: Upload, event: UploadEvent): Upload {
  switch (event.kind) {
    case 'progress':
      return moved(upload, event.progress, event.partBytes ?? upload.partBytes)
    case 'lost':
      return failed({ ...upload, unsure: upload.fileId !== null }, upload.failures + 1)
    case 'gone':
      return failed(newUpload(upload.kind, upload.bytes, event.clientId), upload.failures + 1)
    case 'refused':
      return { ...upload, state: 'refused', reason: event.reason }
    case 'unreadable':
      return { ...upload, state: 'refused', reason: null }
  }
}

/** A tap on "once more", or the app opened again: the server is asked first where it knows of the file. */
export const resumed = (upload: Upload): Upload => ({
  ...upload,
  state: 'sending',
  reason: null,
  failures: 0,
  looks: 0,
  unsure: upload.fileId !== null,
})

/** 0 to 100; the last hundredth is the server's own look at the file. */
export const percent = (upload: Upload): number =>
  upload.state === 'ready' ? 100 : Math.min(99, Math.floor((upload.offset / Math.max(upload.bytes, 1)) * 100))
