import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../api/client'
import { nextToSignIn } from '../state/enter-quietly'
import { Button, succeed, usePress } from '../ui'
import { Words } from '../ui/words-field'
import type { Article } from './types'
import { said } from './words'

/** Whether it helped; who says no may say why. */
export function ArticleVote({ article }: { article: Article }) {
  const [helpful, setHelpful] = useState(article.helpful)
  const [asks, setAsks] = useState(false)
  const [text, setText] = useState('')
  const vote = async (yes: boolean, words?: string) => {
    if (!(await nextToSignIn())) return
    const more = words === undefined || words === '' ? {} : { words }
    await write('knowledge.rate', { articleId: article.id, helpful: yes, ...more })
    setHelpful(yes)
    setAsks(!yes && words === undefined)
    if (yes || words !== undefined) succeed(said.article.thanks)
  }
  const yes = usePress(() => vote(true))
  const no = usePress(() => vote(false))
  const tell = usePress(() => vote(false, text.trim()))
  return (
    <View className="stack" id="article-vote">
      <View className="between">
        <View className="t-2 grow">{said.article.helpful}</View>
        <Button
          small
          id="helpful"
          kind={helpful === true ? 'soft' : 'plain'}
          busy={yes.busy}
          onClick={yes.press}
        >
          {said.article.yes}
        </Button>
        <Button
          small
          id="not-helpful"
          kind={helpful === false ? 'soft' : 'plain'}
          busy={no.busy}
          onClick={no.press}
        >
          {said.article.no}
        </Button>
      </View>
      {asks ? (
        <>
          <View className="t-2">{said.article.sorry}</View>
          <Words
            id="vote-words"
            label={said.article.sorry}
            value={text}
            onInput={setText}
            placeholder={said.article.holder}
            maxLength={200}
          />
          <Button kind="soft" id="tell-why" busy={tell.busy} onClick={tell.press}>
            {said.article.tell}
          </Button>
        </>
      ) : null}
    </View>
  )
}
