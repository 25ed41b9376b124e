import { View } from '@tarojs/components'
import { read } from '../api/client'
import { ShownFiles } from '../parts/shown-files'
import { useResource } from '../state/resource'
import { Button, Sheet, Show } from '../ui'
import { words } from '../words'
import { ArticleBody } from './article-body'
import { ArticleVote } from './article-vote'
import { said } from './words'

/** An article over the conversation, which stays where it is. */
export function ArticleSheet({
  articleId,
  title,
  onClose,
}: {
  articleId: string
  title: string
  onClose(): void
}) {
  const { resource, retry } = useResource(articleId, () => read('knowledge.read', { articleId }), {
    cache: `article.${articleId}`,
    keptWhenDown: true,
  })
  return (
    <Sheet title={title === '' ? said.article.title : title} onClose={onClose}>
      <View className="stack" id="article-sheet">
        <Show resource={resource} bones={[160, 120]} onRetry={retry}>
          {(article) => (
            <>
              <ArticleBody body={article.body} />
              <ShownFiles files={article.files} />
              <ArticleVote article={article} />
            </>
          )}
        </Show>
        <Button kind="plain" id="close-article" onClick={onClose}>
          {words.common.back}
        </Button>
      </View>
    </Sheet>
  )
}
