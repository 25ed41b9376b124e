import type { DeskRequest } from '../../api/types'
import { Facts } from '../../kit/facts'
import { timeOf } from '../../kit/format'
import { Photos } from '../../kit/photos'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { FlaggedWords } from './flagged-words'
import { HeldFiles } from './held-files'
import { requestWords } from './words'

/** Whoever came by the printed code need not live there, which matters before anything is told or opened to them. */
function cameBy(words: (typeof requestWords)['en'], { channel, byCode }: DeskRequest): string {
  const names: Readonly<Record<string, string>> = words.channelOf
  const name = names[channel] ?? channel
  return byCode ? words.byCode(name) : name
}

/** What the resident sent, as they sent it. */
export function FactsCard({ request }: { readonly request: DeskRequest }) {
  const words = useWords(requestWords)
  const kit = useWords(kitWords)
  const rows: (readonly [string, string])[] = [
    ...request.answers.map(({ label, value }) => [label, value] as const),
    ...(request.place ? [[words.place, placeWords(request.place)] as const] : []),
    [words.channel, cameBy(words, request)],
    [words.createdAt, timeOf(request.createdAt)],
    [words.team, request.team?.name ?? words.nobody],
    [words.assignee, request.assignee?.name ?? words.nobody],
  ]
  return (
    <section className="card" aria-label={words.words}>
      <FlaggedWords
        requestId={request.id}
        stepId={request.wordsCheck?.stepId ?? null}
        state={request.wordsCheck?.state ?? null}
        name={words.words}
      >
        <p className="said big">{request.words === '' ? words.noWords : request.words}</p>
      </FlaggedWords>
      <div className="card-tags quiet">
        {kit.class[request.class]} · {request.typeName}
        {request.anonymous ? ` · ${words.anonymous}` : ''}
        {request.onBehalfOfMasked ? ` · ${words.onBehalfOf(request.onBehalfOfMasked)}` : ''}
      </div>
      <Photos files={request.files} />
      <HeldFiles files={request.files} />
      <Facts rows={rows} />
    </section>
  )
}

const placeWords = (place: { latE6: number; lngE6: number; words: string }): string =>
  place.words === '' ? `${(place.latE6 / 1e6).toFixed(5)}, ${(place.lngE6 / 1e6).toFixed(5)}` : place.words
