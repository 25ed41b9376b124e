import { write } from '../../api/client'
import { ApiError } from '../../api/errors'
import type { CodePage } from '../../api/types'

/** A household known by its code alone: its company and what it looks like masked. */
export interface ScannedHome {
  readonly token: string
  readonly page: Pick<CodePage, 'companyId' | 'companyName' | 'kind' | 'addressMasked' | 'accountNoMasked'>
}

/** What is behind a code that was scanned while binding. Rejects for one that is not, or no longer, in use. */
export async function readScannedHome(token: string): Promise<ScannedHome> {
  const opened = await write('codes.open', { token })
  if (opened.state === 'revoked') throw new ApiError('code_revoked', opened.words)
  return { token, page: opened.page }
}
