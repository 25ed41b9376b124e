import { View } from '@tarojs/components'
import { useRouter, useShareAppMessage } from '@tarojs/taro'
import { read } from '../../api/client'
import { fullMoment } from '../../format'
import { usePortalLoaded } from '../../parts/gate'
import { ShownFiles } from '../../parts/shown-files'
import { go, routes } from '../../routes'
import { useVisitor } from '../../state/enter-quietly'
import { useResource } from '../../state/resource'
import { Bones, Button, Card, Foot, Page, Show } from '../../ui'
import { ArticleBody } from '../article-body'
import { ArticleVote } from '../article-vote'
import { said } from '../words'
import '../chat.scss'

/** 2026年11月23日. */
const dayOf = (atMs: number): string => fullMoment(atMs).split(' ')[0] ?? ''

const bones = [96, 300] as const

/** One answer, for everybody; who is signed in may say whether it helped. `?articleId` */
export default function ArticlePage() {
  const { params } = useRouter()
  usePortalLoaded()
  const visitor = useVisitor()
  const articleId = params['articleId'] ?? ''
  return visitor.settled ? (
    <Whole key={`${articleId}.${visitor.signedIn}`} articleId={articleId} />
  ) : (
    <Page title={said.article.title}>
      <Bones heights={bones} />
    </Page>
  )
}

function Whole({ articleId }: { articleId: string }) {
  const { resource, retry } = useResource(articleId, () => read('knowledge.read', { articleId }), {
    cache: `article.${articleId}`,
    keptWhenDown: true,
  })
  const found = resource.state === 'ready' || resource.state === 'stale' ? resource.data : null
  useShareAppMessage(() => ({
    title: found?.title ?? said.article.title,
    path: `${routes.article}?articleId=${encodeURIComponent(articleId)}`,
  }))
  return (
    <Page title={said.article.title}>
      <Show resource={resource} bones={bones} onRetry={retry}>
        {(article) => (
          <>
            <Card className="stack">
              <View className="t-head" id="article-title">
                {article.title}
              </View>
              <View className="t-3">
                {`${article.companyName} · ${said.article.published(dayOf(article.publishedAt))}`}
              </View>
              <ArticleBody body={article.body} />
              <ShownFiles files={article.files} />
            </Card>
            <Card>
              <ArticleVote article={article} />
            </Card>
            <Foot>
              <Button id="ask-chat" kind="soft" onClick={() => go('chat', { companyId: article.companyId })}>
                {said.help.ask}
              </Button>
            </Foot>
          </>
        )}
      </Show>
    </Page>
  )
}
