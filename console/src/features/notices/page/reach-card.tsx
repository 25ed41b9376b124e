import type { NoticeRow } from '../../../api/types'
import { Loaded } from '../../../kit/loaded'
import { useWords } from '../../../words/language'
import { countedOf, useCounted } from '../api/read-preview'
import { Counted } from '../counted/counted'
import { noticePageWords } from './words'

/** Before anybody is told: whom it will reach, for the second person's eyes. */
export function ReachCard({ notice }: { readonly notice: NoticeRow }) {
  const words = useWords(noticePageWords)
  const of = countedOf(notice)
  const counted = useCounted(of)
  if (of === null) return null
  return (
    <section className="card notice-reach" aria-labelledby="notice-reach">
      <h2 id="notice-reach">{words.reach}</h2>
      <Loaded query={counted} rows={4}>
        {({ preview }) => <Counted preview={preview} />}
      </Loaded>
    </section>
  )
}
