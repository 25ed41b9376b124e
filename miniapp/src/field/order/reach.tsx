import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { callHotline } from '../../parts/hotline'
import { here } from '../../platform/here'
import { Button, Fact, succeed, usePress } from '../../ui'
import type { FieldOrder } from '../types'
import { said } from '../words'

/** The address, the way there, and the telephone of whoever waits. */
export function Reach({ order }: { order: FieldOrder }) {
  const { address, place, contactName, contactPhone } = order
  const { busy, press } = usePress(async () => {
    if (place) {
      const how = await here.navigate(place, address ?? order.typeName)
      if (how === 'copied') succeed(said.order.copied)
      return
    }
    await Taro.setClipboardData({ data: address ?? '' })
    succeed(said.order.noPlace)
  })
  return (
    <>
      {address ? <View className="t-title">{address}</View> : null}
      {contactName ? <Fact label={contactName} value={contactPhone ?? ''} mono /> : null}
      <View className="field-buttons">
        {contactPhone ? (
          <Button small kind="soft" id="call-resident" onClick={() => callHotline(contactPhone)}>
            {said.order.call}
          </Button>
        ) : null}
        {address || place ? (
          <Button small kind="soft" id="navigate" busy={busy} onClick={press}>
            {said.order.navigate}
          </Button>
        ) : null}
      </View>
    </>
  )
}
