import { Loaded } from '../../kit/loaded'
import { useWords } from '../../words/language'
import { type Target, useCount } from './api'
import { codeWords } from './words'

/** What an act would be about, before it is done. */
export function Counted({
  target,
  pages,
  revoking = false,
}: {
  readonly target: Target
  readonly pages?: (households: number) => number
  /** Codes are taken out of use; how many would be made anew is no matter then. */
  readonly revoking?: boolean
}) {
  const words = useWords(codeWords)
  return (
    <Loaded query={useCount(target)} rows={2}>
      {({ households, withCode, revoked }) => (
        <div className="counted-codes" role="status">
          <b className="num">{words.households(households)}</b>
          {pages === undefined ? '' : <span className="num"> · {words.pages(pages(households))}</span>}
          <div className="quiet">
            {revoking
              ? withCode === null
                ? words.notCountedToRevoke
                : words.toRevoke(withCode)
              : withCode === null
                ? words.notCounted
                : words.withCode(withCode, households - withCode - (revoked ?? 0))}
          </div>
          {revoking || revoked === null || revoked === 0 ? null : (
            <div className="tone-warn">{words.leftOut(revoked)}</div>
          )}
        </div>
      )}
    </Loaded>
  )
}
