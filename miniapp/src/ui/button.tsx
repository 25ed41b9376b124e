import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { classes } from './classes'
import { focusable } from './focusable'

interface ButtonProps {
  children: ReactNode
  onClick(): void
  kind?: 'main' | 'soft' | 'plain' | 'danger'
  small?: boolean
  /** Shows its own spinner and takes no further taps. */
  busy?: boolean
  disabled?: boolean
  id?: string
}

export function Button({ children, onClick, kind = 'main', small, busy, disabled, id }: ButtonProps) {
  const idle = !busy && !disabled
  return (
    <View
      {...(id ? { id } : {})}
      className={classes('btn', kind !== 'main' && kind, small && 'small', disabled && 'off')}
      hoverClass={idle ? 'btn-pressed' : 'none'}
      role="button"
      ariaRole="button"
      {...focusable}
      onClick={() => {
        if (idle) onClick()
      }}
    >
      {busy ? <View className="spinner" /> : null}
      {children}
    </View>
  )
}
