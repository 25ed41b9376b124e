import { StaleBanner } from '../ui'

interface OldAnswerProps {
  stale: boolean
  asOf: number
  onRetry(): void
}

/** The server itself answered from its last good copy, because its database is away. */
export const OldAnswer = ({ stale, asOf, onRetry }: OldAnswerProps) =>
  stale ? <StaleBanner savedAt={asOf} offline={false} onRetry={onRetry} /> : null
