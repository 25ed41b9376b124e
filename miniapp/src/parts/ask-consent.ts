import { read, write } from '../api/client'
import { clientVersion } from '../state/portal'
import { confirm } from '../ui'
import { words } from '../words'

/**
 * Asks for one purpose where it is first needed, with its whole text and two answers; either is kept. True when it is
 * allowed now. It can be taken back under 我的信息和授权.
 */
export async function askConsent(purposeId: string): Promise<boolean> {
  const { purposes } = await read('privacy.readMine', {})
  const purpose = purposes.find(({ id }) => id === purposeId)
  if (purpose === undefined) return false
  if (purpose.state === 'granted') return true
  const granted = await confirm(purpose.title, purpose.paragraphs.join('\n'), words.privacy.agree)
  const { id, version } = purpose
  await write('privacy.decideConsent', { purpose: id, version, granted, clientVersion })
  return granted
}
