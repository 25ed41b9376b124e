import { addressOf } from '../api/client'
import { ApiError } from '../api/errors'
import type { PaperLink } from '../api/types'
import { openFile } from '../platform/open-file'
import type { FileFormat } from '../platform/types'
import { Button, succeed, usePress } from '../ui'
import { words } from '../words'

interface PaperButtonProps {
  id: string
  label: string
  format: FileFormat
  kind?: 'main' | 'soft' | 'plain'
  /** Asks for an address that is good once, so it is asked for at each tap. */
  ask(): Promise<Pick<PaperLink, 'url' | 'fileName'>>
}

/** Gives a file: shown by the wallet, downloaded by a browser, or its address copied where neither can be. */
export function PaperButton({ id, label, format, kind = 'soft', ask }: PaperButtonProps) {
  const { busy, press } = usePress(async () => {
    const { url, fileName } = await ask()
    const how = await openFile.open(addressOf(url), fileName, format).catch(() => {
      throw new ApiError('file_not_opened', words.papers.failed)
    })
    succeed(words.papers[how])
  })
  return (
    <Button id={id} kind={kind} busy={busy} onClick={press}>
      {label}
    </Button>
  )
}
