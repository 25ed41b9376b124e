import { View } from '@tarojs/components'
import { useState } from 'react'
import { moment } from '../format'
import { useNow } from '../state/now'
import { useWaiting, waitingLine } from '../state/waiting'
import type { WaitingAct } from '../state/waiting-line'
import { Button } from '../ui/button'
import { Row } from '../ui/card'
import { confirm } from '../ui/feedback'
import { focusable } from '../ui/focusable'
import { Icon } from '../ui/icon'
import { Sheet } from '../ui/sheet'
import { said } from './waiting-words'

/** On every page while something waits for the network, or while nobody has seen what became of it. */
export function WaitingActs() {
  const { acts, told } = useWaiting()
  const [open, setOpen] = useState(false)
  if (acts.length === 0 && told.length === 0) return null
  return (
    <>
      <View
        className="banner"
        id="waiting-acts"
        role="button"
        aria-live="polite"
        {...focusable}
        onClick={() => setOpen(true)}
      >
        <Icon name={acts.length > 0 ? 'offline' : 'check'} />
        <View className="grow">{acts.length > 0 ? said.count(acts.length) : said.told(told.length)}</View>
        <Icon name="right" />
      </View>
      {open ? <WaitingSheet onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function WaitingSheet({ onClose }: { onClose(): void }) {
  const { acts, told } = useWaiting()
  const nowMs = useNow()
  const cancel = async ({ clientId, title }: WaitingAct): Promise<void> => {
    const { cancelTitle, cancelText, cancel: yes } = said
    if (await confirm(cancelTitle(title), cancelText, yes)) waitingLine.cancel(clientId)
  }
  const close = () => {
    if (told.length > 0) waitingLine.seen()
    onClose()
  }
  return (
    <Sheet title={said.title} onClose={close}>
      <View className="t-2">{said.rule}</View>
      {told.map(({ clientId, title, at, refused }) => (
        <Row
          key={clientId}
          title={title}
          note={refused === null ? said.done(moment(at, nowMs)) : said.refused(refused)}
        />
      ))}
      {acts.map((act) => (
        <Row
          key={act.clientId}
          title={act.title}
          note={said.kept(moment(act.at, nowMs))}
          side={
            <Button small kind="plain" onClick={() => void cancel(act)}>
              {said.cancel}
            </Button>
          }
        />
      ))}
      {acts.length > 0 ? (
        <Button id="waiting-now" onClick={() => void waitingLine.run()}>
          {said.now}
        </Button>
      ) : null}
      <Button kind="plain" id="waiting-seen" onClick={close}>
        {said.seen}
      </Button>
    </Sheet>
  )
}
