import { upload } from '../../platform/upload'
import type { Picked } from '../../platform/types'
import { Button, usePress } from '../../ui'
import { said } from '../words'

interface Props {
  id: string
  label: string
  shot: Picked | null
  onShot(shot: Picked): void
}

/** One photo that goes with what is being written down. */
export function ShotButton({ id, label, shot, onShot }: Props) {
  const { busy, press } = usePress(async () => {
    const [picked] = await upload.pickImages(1)
    if (picked) onShot(picked)
  })
  return (
    <Button kind="plain" id={id} busy={busy} onClick={press}>
      {shot === null ? label : said.shotTaken}
    </Button>
  )
}
