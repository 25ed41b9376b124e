import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

export const fileKind = z.enum(['image', 'voice', 'video'])
export type FileKind = z.infer<typeof fileKind>

/**
 * - `receiving`: bytes are coming; `offset` says how many are here
 * - `processing`: all bytes are here and are being decoded and encoded anew
 * - `ready`: it can be shown and attached
 * - `refused`: it could not be read, or is not what it says; `reason` tells it in words
 */
export const fileState = z.enum(['receiving', 'processing', 'ready', 'refused'])

/** A file as pages show it. The addresses live for five minutes and only for the person who asked. */
export const fileView = z.object({
  fileId: shape.id,
  kind: fileKind,
  url: z.string(),
  /** A small picture: of an image, or of nothing for voice and video. */
  thumbUrl: z.string().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  durationMs: z.int().nullable(),
  /** Set while a content check is open or went against it: staff see it, others do not. */
  hidden: z.boolean(),
  /** Deleted because its time was over: there is nothing behind the addresses any more. */
  gone: z.boolean(),
})
export type FileView = z.infer<typeof fileView>

const progress = z.object({
  fileId: shape.id,
  state: fileState,
  /** How many bytes are here; the next part begins there. */
  offset: z.int(),
  reason: z.string().nullable(),
})

export const filesOperations = {
  'files.begin': {
    method: 'POST',
    auth: 'person',
    guests: true,
    summary:
      'Promises a file of so many bytes. Its bytes go to POST /upload/<fileId>?offset=N as application/octet-stream, in parts of at most `partBytes` (a client on a weak network sends less at a time), in order; a part that was here already is answered with the offset reached.',
    input: shape.act.extend({ kind: fileKind, bytes: z.int().positive() }),
    output: progress.extend({ partBytes: z.int() }),
  },
  'files.finish': {
    method: 'POST',
    auth: 'person',
    guests: true,
    summary:
      'Says that all bytes were sent. Answers when the file is ready or refused, or `processing` after three seconds.',
    input: shape.act.extend({ fileId: shape.id }),
    output: progress,
  },
  'files.state': {
    method: 'GET',
    auth: 'person',
    guests: true,
    summary:
      'How far one of my files has come, also after a dropped connection; with an address once it is ready.',
    input: z.strictObject({ fileId: shape.id }),
    output: progress.extend({ file: fileView.nullable() }),
  },
  'files.discard': {
    method: 'POST',
    auth: 'person',
    guests: true,
    summary: 'Throws away a file of mine that is attached to nothing yet.',
    input: shape.act.extend({ fileId: shape.id }),
    output: shape.done,
  },
  'files.judge': {
    method: 'POST',
    auth: 'staff',
    summary:
      'A person’s word on a file that the content check hides: `pass` shows it to everybody who may see what it is attached to, `risky` keeps it from them. `address` is the `url` that this staff member was shown with it, not older than five minutes: it proves that they may see the file.',
    input: shape.act.extend({
      fileId: shape.id,
      address: z.string().max(500),
      verdict: z.enum(['pass', 'risky']),
      reason: z.string().trim().min(2, '请写明理由').max(100),
    }),
    output: shape.done,
    audits: ['fileId', 'verdict', 'reason'],
  },
} as const satisfies Operations
