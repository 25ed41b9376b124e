import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { goToPage } from '../routes'
import { succeed } from '../ui'
import { focusable } from '../ui/focusable'
import { type Block, blocksOf, type Span } from './markdown'
import { said } from './words'

/** Our own pages open; no wallet opens a foreign one, so its address is handed over. */
function follow(link: string): void {
  if (link.startsWith('/')) return goToPage(link)
  Taro.setClipboardData({ data: link }).then(
    () => succeed(said.article.linkCopied),
    () => null,
  )
}

function Piece({ span }: { span: Span }) {
  const { link } = span
  if (link === null) return <Text className={span.strong ? 'strong' : ''}>{span.text}</Text>
  return (
    <View className="link" role="link" {...focusable} onClick={() => follow(link)}>
      {span.text}
    </View>
  )
}

const Pieces = ({ block }: { block: Block }) => (
  <View className="grow">
    {block.spans.map((span, index) => (
      <Piece key={`${index}-${span.text}`} span={span} />
    ))}
  </View>
)

/** The words of an article. */
export const ArticleBody = ({ body }: { body: string }) => (
  <View className="article-body">
    {blocksOf(body).map((block, index) => {
      const key = `${index}-${block.kind}`
      if (block.kind === 'heading')
        return (
          <View key={key} className="t-title article-heading">
            <Pieces block={block} />
          </View>
        )
      if (block.kind === 'words') return <Pieces key={key} block={block} />
      return (
        <View key={key} className="article-item">
          <View className="article-mark">{block.number ?? '·'}</View>
          <Pieces block={block} />
        </View>
      )
    })}
  </View>
)
