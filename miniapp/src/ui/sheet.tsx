import { View } from '@tarojs/components'
import type { ReactNode } from 'react'

/** A panel from below; a tap beside it closes it. */
export function Sheet({ title, onClose, children }: { title: string; onClose(): void; children: ReactNode }) {
  return (
    <View>
      <View className="sheet-veil" catchMove onClick={onClose} />
      <View className="sheet">
        <View className="t-title">{title}</View>
        {children}
      </View>
    </View>
  )
}
