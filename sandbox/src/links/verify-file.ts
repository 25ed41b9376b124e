import { createHash } from 'node:crypto'

/** The file that a platform's console gives out, to be served where a rule's codes point. */
export interface VerifyFile {
  readonly name: string
  readonly content: string
}

/** Both platforms make one for each app, always the same, as letters and digits that say nothing. */
export function verifyFileOf(appId: string): VerifyFile {
  const digest = createHash('sha256').update(`verify file of ${appId}`).digest('hex')
  return { name: `${digest.slice(0, 10)}.txt`, content: digest.slice(10, 42) }
}
