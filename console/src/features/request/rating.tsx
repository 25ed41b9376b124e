import { Rate } from 'antd'
import type { DeskRequest } from '../../api/types'
import { timeOf } from '../../kit/format'
import { useWords } from '../../words/language'
import { requestWords } from './words'

/** How the resident says it went, and what we answered. */
export function RatingCard({ rating }: { readonly rating: NonNullable<DeskRequest['rating']> }) {
  const words = useWords(requestWords)
  return (
    <section className="card" aria-label={words.rating}>
      <h2>{words.rating}</h2>
      <div className="rating">
        <span role="img" aria-label={words.stars(rating.stars)}>
          <Rate disabled value={rating.stars} />
        </span>
        <b className={rating.outcome === 'solved' ? 'tone-ok' : 'tone-bad'}>
          {words.outcomeOf[rating.outcome]}
        </b>
        <span className="quiet num">{timeOf(rating.at)}</span>
      </div>
      {rating.reasons.length > 0 ? <p>{rating.reasons.join(' · ')}</p> : null}
      {rating.words === null ? null : <p className="said">{rating.words}</p>}
      <p className="quiet">
        {rating.reply === null ? words.noRatingReply : `${words.ratingReply}：${rating.reply}`}
      </p>
    </section>
  )
}
