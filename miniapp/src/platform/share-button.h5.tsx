import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { focusable } from '../ui/focusable'
import type { ShareButtonProps } from './types'

/** The phone's own way to share where the browser has one; everywhere else the address lies in the clipboard. */
async function share(title: string): Promise<boolean> {
  const url = window.location.href
  // Browsers without it and pages without https lack the function, whatever the types say.
  const { share: open } = navigator as Partial<Navigator>
  if (open) {
    try {
      await open.call(navigator, { title, url })
      return false
    } catch (error) {
      // Closing the list of friends is an answer.
      if (error instanceof DOMException && error.name === 'AbortError') return false
    }
  }
  await Taro.setClipboardData({ data: url })
  return true
}

export function ShareButton({ className, children, title, onCopied }: ShareButtonProps) {
  const press = () => {
    share(title).then(
      (copied) => {
        if (copied) onCopied()
      },
      () => {
        // Nothing could be copied either: the address stands in the browser's own bar.
      },
    )
  }
  return (
    <View className={className ?? ''} role="button" id="share" {...focusable} onClick={press}>
      {children}
    </View>
  )
}
