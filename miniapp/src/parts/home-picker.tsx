import { View } from '@tarojs/components'
import { useState } from 'react'
import { Icon, Row, Sheet, Tag } from '../ui'
import { words } from '../words'

interface HomePickerProps {
  homes: readonly string[]
  /** null: all of them. */
  chosen: string | null
  count: number
  onPick(address: string | null): void
}

/** Which home is shown. One home needs no choice, so it is only a title. */
export function HomePicker({ homes, chosen, count, onPick }: HomePickerProps) {
  const [open, setOpen] = useState(false)
  const several = homes.length > 1
  const pick = (address: string | null) => {
    setOpen(false)
    onPick(address)
  }
  return (
    <>
      <View className="between home-title" id="home-picker" role="button" onClick={() => setOpen(several)}>
        <View className="home-name">
          <View className="t-head home-address">{chosen ?? words.home.all}</View>
          {several ? <Icon name="down" /> : null}
        </View>
        <Tag text={words.home.households(count)} />
      </View>
      {open ? (
        <Sheet title={words.home.switchTitle} onClose={() => setOpen(false)}>
          {[null, ...homes].map((home) => (
            <Row
              key={home ?? 'all'}
              title={home ?? words.home.all}
              side={home === chosen ? <Icon name="check" className="t-accent" /> : null}
              arrow={false}
              onClick={() => pick(home)}
            />
          ))}
        </Sheet>
      ) : null}
    </>
  )
}
