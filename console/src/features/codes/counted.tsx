import { Loaded } from '../../kit/loaded'
import { useWords } from '../../words/language'
import { type Target, useCount } from './api'
import { codeWords } from './words'

/** What an act would be about, before it is done. */
export function Counted({
  target,
  pages,
}: {
  readonly target: Target
  readonly pages?: (households: number) => number
}) {
  const words = useWords(codeWords)
  return (
    <Loaded query={useCount(target)} rows={2}>
      {({ households, withCode, revoked }) => (
        <div className="counted-codes" role="status">
          <b className="num">{words.households(households)}</b>
          {pages === undefined ? '' : <span className="num"> · {words.pages(pages(households))}</span>}
          <div className="quiet">
            {withCode === null
              ? words.notCounted
              : words.withCode(withCode, households - withCode - (revoked ?? 0))}
          </div>
          {revoked === null || revoked === 0 ? null : (
            <div className="tone-warn">{words.leftOut(revoked)}</div>
          )}
        </div>
      )}
    </Loaded>
  )
}
