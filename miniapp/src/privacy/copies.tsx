import { View } from '@tarojs/components'
import { useEffect } from 'react'
import { write } from '../api/client'
import type { Output } from '../api/types'
import { fullMoment } from '../format'
import { PaperButton } from '../parts/paper-button'
import { Button, Card, succeed, Tag, usePress } from '../ui'
import { said } from './words'
import { written } from '../format-words'

type Mine = Output<'privacy.readMine'>
type Copy = Mine['copies'][number]

interface CopiesProps {
  mine: Mine
  reload(): Promise<void>
}

/** Most copies are ready within seconds; the page looks again while one is being made. */
const LOOK_AGAIN_MS = 2_000

export function Copies({ mine, reload }: CopiesProps) {
  const isMaking = mine.copies.some(({ state }) => state === 'waiting')
  useEffect(() => {
    if (!isMaking) return
    const timer = setInterval(() => void reload(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [isMaking, reload])
  const { busy, press } = usePress(async () => {
    await write('privacy.askCopy', {})
    succeed(said.asked)
    await reload()
  })
  const shown = mine.copies.filter(({ state }) => state !== 'gone')
  return (
    <Card className="stack" id="my-copies">
      <View>
        <View className="t-title">{said.copies}</View>
        <View className="t-3">{said.copiesText}</View>
      </View>
      {shown.map((copy) => (
        <CopyLine key={copy.id} copy={copy} />
      ))}
      {mine.copiesLeftToday > 0 || isMaking ? (
        <Button id="ask-copy" kind="soft" busy={busy || isMaking} onClick={press}>
          {isMaking ? said.copyStates.waiting : shown.length > 0 ? said.again : said.ask}
        </Button>
      ) : (
        <View className="t-3">{said.limited}</View>
      )}
    </Card>
  )
}

function CopyLine({ copy }: { copy: Copy }) {
  return (
    <View className="stack" id={`copy-${copy.state}`}>
      <View className="between">
        <View className="num">{fullMoment(copy.createdAt)}</View>
        <Tag text={said.copyStates[copy.state]} tone={copy.state === 'ready' ? 'ok' : 'plain'} />
      </View>
      {copy.state === 'ready' && copy.expiresAt !== null ? (
        <>
          <View className="t-3">
            {written.clauses([said.records(copy.records), said.until(fullMoment(copy.expiresAt))])}
          </View>
          <View className="between">
            {copy.files.map(({ format }) => (
              <View className="grow" key={format}>
                <PaperButton
                  id={`copy-${format}`}
                  label={said.download[format]}
                  format={format}
                  ask={() => write('privacy.takeCopy', { copyId: copy.id, format })}
                />
              </View>
            ))}
          </View>
        </>
      ) : null}
    </View>
  )
}
