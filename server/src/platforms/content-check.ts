/**
 * - `pass`: nothing was found
 * - `review`: the model is unsure, a person must look
 * - `risky`: it breaks the rules
 */
export type Verdict = 'pass' | 'review' | 'risky'

/** No answer that means anything came; `platformCode` is for the log. */
export interface CheckUnavailable {
  readonly state: 'unavailable'
  readonly platformCode: string
}

export interface TextCheck {
  /** The writer's id in the mini-program. */
  readonly openid: string
  readonly text: string
}

export interface MediaCheck {
  readonly openid: string
  /** Absolute; the platform fetches it within minutes. */
  readonly url: string
  readonly media: 'image' | 'audio'
}

/** What the platform found in a picture or recording that it was asked about. */
export interface MediaVerdict {
  readonly traceId: string
  /** Null when the platform could not look, for example because the download failed. */
  readonly verdict: Verdict | null
  /** The platform's number for what it found; 100 is nothing. */
  readonly label: number | null
}

/** The platform's check of words and pictures. Never throws: not knowing is an answer of its own. */
export interface ContentCheck {
  checkText(
    input: TextCheck,
  ): Promise<{ readonly state: 'checked'; readonly verdict: Verdict } | CheckUnavailable>
  /** Only asks; the verdict comes by a pushed event, minutes later. */
  askMedia(
    input: MediaCheck,
  ): Promise<{ readonly state: 'asked'; readonly traceId: string } | CheckUnavailable>
}
