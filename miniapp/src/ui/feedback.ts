import Taro from '@tarojs/taro'
import { isWaiting, messageOf } from '../api/errors'
import { dialogColours } from '../design/colours'
import { callHotline } from '../parts/hotline'
import { holdFocus } from '../platform/keyboard'
import { login } from '../platform/login'
import { words } from '../words'

/** A short word that something worked. Failures never come as a toast: they need time to be read. */
export function succeed(title: string): void {
  void Taro.showToast({ title, icon: 'none', duration: 1500 })
}

/** What went wrong and what to do next, to be closed by hand, with a human one tap away. */
export function fail(error: unknown): void {
  void explain(error)
}

interface Question {
  title: string
  content: string
  cancelText: string
  confirmText: string
}

/**
 * WeChat refuses a dialog with a button of more than four characters, and Taro's own in a browser one that is wider than
 * four Chinese ones; the dialog's title says what is asked.
 */
function fits(text: string): boolean {
  if (login.environment === 'alipay-mini') return true
  if (login.environment === 'wechat-mini') return text.length <= 4
  return text.replaceAll(/[^ -~]/g, 'aa').length <= 8
}

async function ask(question: Question): Promise<{ confirm: boolean; cancel: boolean }> {
  const { cancelText, confirmText } = question
  const answered = Taro.showModal({
    ...question,
    cancelText: fits(cancelText) ? cancelText : words.common.back,
    confirmText: fits(confirmText) ? confirmText : words.common.confirm,
    ...dialogColours,
  })
  const giveBack = holdFocus()
  const { confirm: agreed, cancel } = await answered
  giveBack()
  return { confirm: agreed, cancel }
}

async function explain(error: unknown): Promise<void> {
  const { cancel } = await ask({
    title: isWaiting(error) ? words.feedback.waiting : words.feedback.failed,
    content: messageOf(error),
    cancelText: words.feedback.call,
    confirmText: words.feedback.ok,
  })
  if (cancel) callHotline()
}

/** A page could not be fetched: whether to try it again or to go back. */
export async function explainLostPage(): Promise<{ again: boolean }> {
  const answer = await ask({
    title: words.common.failedTitle,
    content: words.errors.offline,
    cancelText: words.common.back,
    confirmText: words.common.retry,
  })
  return { again: answer.confirm }
}

export async function confirm(title: string, content: string, confirmText: string): Promise<boolean> {
  const answer = await ask({ title, content, confirmText, cancelText: words.common.cancel })
  return answer.confirm
}
