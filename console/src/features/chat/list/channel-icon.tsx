import { MobileOutlined, WechatOutlined } from '@ant-design/icons'
import type { Conversation } from '../../../kit/line/frames'
import { useWords } from '../../../words/language'
import { chatWords } from '../words'

/** Where the resident writes from. */
export function ChannelIcon({ channel }: Pick<Conversation, 'channel'>) {
  const words = useWords(chatWords)
  const name = words.channelOf[channel]
  const Icon = channel === 'app' ? MobileOutlined : WechatOutlined
  return <Icon className={`channel channel-${channel}`} title={name} aria-label={name} />
}
