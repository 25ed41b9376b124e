import type { FileKind } from '../schema'

/** What the portal asks of a decoder process: read one file, write a new one. Paths are the portal's own. */
export interface DecodeTask {
  readonly kind: FileKind
  readonly input: string
  readonly main: string
  /** Written for images only. */
  readonly thumb: string
  /** How long a recording may be; 0 for images. */
  readonly maxMs: number
}

/** What is known of the new file. */
export interface Decoded {
  readonly contentType: string
  readonly width: number | null
  readonly height: number | null
  readonly durationMs: number | null
}

export type DecodeAnswer =
  | { readonly state: 'decoded'; readonly decoded: Decoded }
  /** `reason` is a sentence for whoever uploaded it. */
  | { readonly state: 'refused'; readonly reason: string }

/** The decoder process ended or was ended instead of answering. */
export type DecodeOutcome = DecodeAnswer | { readonly state: 'died'; readonly how: 'exit' | 'timeout' }

export interface DecodeRequest extends DecodeTask {
  readonly serial: number
}
export interface DecodeReply {
  readonly serial: number
  readonly answer: DecodeAnswer
}
