import Taro from '@tarojs/taro'
import { messageOf } from '../api/errors'
import { dialogColours } from '../design/colours'
import { callHotline } from '../parts/hotline'
import { words } from '../words'

/** A short word that something worked. Failures never come as a toast: they need time to be read. */
export function succeed(title: string): void {
  void Taro.showToast({ title, icon: 'none', duration: 1500 })
}

/** What went wrong and what to do next, to be closed by hand, with a human one tap away. */
export function fail(error: unknown): void {
  void explain(error)
}

async function explain(error: unknown): Promise<void> {
  const answer = await Taro.showModal({
    title: words.feedback.failed,
    content: messageOf(error),
    cancelText: words.feedback.call,
    confirmText: words.feedback.ok,
    ...dialogColours,
  })
  if (answer.cancel) callHotline()
}

/** A page could not be fetched: whether to try it again or to go back. */
export async function explainLostPage(): Promise<{ again: boolean }> {
  const answer = await Taro.showModal({
    title: words.common.failedTitle,
    content: words.errors.offline,
    cancelText: words.common.back,
    confirmText: words.common.retry,
    ...dialogColours,
  })
  return { again: answer.confirm }
}

export async function confirm(title: string, content: string, confirmText: string): Promise<boolean> {
  const answer = await Taro.showModal({
    title,
    content,
    confirmText,
    cancelText: words.common.cancel,
    ...dialogColours,
  })
  return answer.confirm
}
