import { WechatOutlined } from '@ant-design/icons'
import type { Conversation } from '../../../kit/line/frames'
import { timeOf } from '../../../kit/format'
import { useNow } from '../../../kit/now'
import { useWords } from '../../../words/language'
import { composerWords } from './words'

/** WeChat lets us answer a few times within two days of the resident's last words; then something else happens. */
export function WindowMeter({ of: { window } }: { readonly of: Conversation }) {
  const words = useWords(composerWords)
  const now = useNow()
  if (window === null) return null
  const { left, until, next } = window
  const over = left <= 0 || (until !== null && until <= now)
  const said = over
    ? words.windowOver
    : until === null
      ? words.windowNoEnd(left)
      : words.windowLeft(left, timeOf(until))
  return (
    <span className={over ? 'tone-bad small' : left <= 1 ? 'tone-warn small' : 'quiet'} role="status">
      <WechatOutlined aria-hidden /> {said}；{words.windowThen[next]}
    </span>
  )
}
