import Taro from '@tarojs/taro'
import { messageOf } from '../api/errors'
import { words } from '../words'

/** A short word that something worked. Failures never come as a toast: they need time to be read. */
export function succeed(title: string): void {
  void Taro.showToast({ title, icon: 'none', duration: 1500 })
}

/** What went wrong and what to do next, to be closed by hand. */
export function fail(error: unknown): void {
  void Taro.showModal({
    title: words.app,
    content: messageOf(error),
    showCancel: false,
    confirmText: words.feedback.ok,
  })
}

export async function confirm(title: string, content: string, confirmText: string): Promise<boolean> {
  const answer = await Taro.showModal({ title, content, confirmText, cancelText: words.common.cancel })
  return answer.confirm
}
