import { View } from '@tarojs/components'
import { useState } from 'react'
import { Button, classes, Icon, Sheet } from '../ui'
import { bannerOf } from './banner'
import { refusedOf } from './outbox'
import { sender, useField } from './store'
import { said } from './words'

/** What was not sent yet, in one line; refused steps are settled by hand, one by one. */
export function BannerLine() {
  const [open, setOpen] = useState(false)
  const outbox = useField((state) => state.outbox)
  const sending = useField((state) => state.sending)
  const offline = useField((state) => state.offline)
  const banner = bannerOf(outbox, sending, offline)
  if (!banner) return null
  const refused = refusedOf(outbox)
  const press = () => {
    if (refused.length > 0) setOpen(true)
    else void sender().run()
  }
  return (
    <>
      <View className={classes('banner', banner.tone)} id="field-banner" role="button" onClick={press}>
        <Icon name={banner.tone === 'bad' ? 'alert' : 'offline'} />
        <View className="grow">{banner.text}</View>
      </View>
      {open && refused.length > 0 ? (
        <Sheet title={said.banner.refusedTitle} onClose={() => setOpen(false)}>
          <View className="stack">
            {refused.map((step) => (
              <View key={step.actionId} className="stack field-refused">
                <View className="t-title">{said.kinds[step.action.kind]}</View>
                <View className="t-2">{step.refused}</View>
                <View className="field-buttons">
                  <Button small kind="plain" onClick={() => sender().takeBack(step.actionId)}>
                    {said.banner.away}
                  </Button>
                  <Button small onClick={() => sender().retry(step.actionId)}>
                    {said.banner.again}
                  </Button>
                </View>
              </View>
            ))}
          </View>
        </Sheet>
      ) : null}
    </>
  )
}
