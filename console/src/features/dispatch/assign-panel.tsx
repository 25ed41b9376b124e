import { Alert, Button, Input, Tag } from 'antd'
import { useState } from 'react'
import { isConflict } from '../../api/errors'
import { refresh } from '../../api/query'
import type { Candidate, DeskRow, Team } from '../../api/types'
import { useErrorText } from '../../kit/error-text'
import { Loaded } from '../../kit/loaded'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useAssign } from './api/assign-order'
import { useTeams } from './api/list-teams'
import { useSuggestions } from './api/suggest-workers'
import { distanceWords } from './distance'
import { dispatchWords } from './words'

export type Assignable = Pick<DeskRow, 'id' | 'number' | 'version' | 'companyId' | 'assignee' | 'team'>

interface AssignPanelProps {
  readonly request: Assignable
  readonly onDone: () => void
}

type Target = { readonly teamId: string; readonly staffId: string | null; readonly name: string }

/** Who should go and why, and the teams' pools for whoever takes it first. */
export function AssignPanel({ request, onDone }: AssignPanelProps) {
  const words = useWords(dispatchWords)
  const textOf = useErrorText()
  const { done } = useSay()
  const assign = useAssign()
  const teams = useTeams()
  const suggestions = useSuggestions(request.id)
  const [note, setNote] = useState('')
  const [failed, setFailed] = useState<string | null>(null)
  const mine = (teams.data?.teams ?? []).filter(({ companyId }) => companyId === request.companyId)
  const give = ({ teamId, staffId, name }: Target): void => {
    setFailed(null)
    const said = note.trim() === '' ? {} : { words: note.trim() }
    assign.mutate(
      { requestId: request.id, version: request.version, teamId, staffId, ...said },
      {
        onSuccess: () => {
          done(staffId === null ? words.pooled(name) : words.given(name))
          onDone()
        },
        onError: (error) => {
          setFailed(isConflict(error) ? words.conflict : textOf(error))
          if (isConflict(error)) refresh(['desk.get', 'desk.list', 'dispatch.suggest'])
        },
      },
    )
  }
  const teamOf = (candidate: Candidate): string | undefined =>
    mine.find(({ name }) => name === candidate.teamName)?.id
  return (
    <div className="assign">
      {failed === null ? null : <Alert type="warning" showIcon title={failed} role="alert" />}
      <Input
        aria-label={words.words}
        placeholder={words.words}
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <h3>{words.candidates}</h3>
      <Loaded
        query={suggestions}
        rows={4}
        empty={{ when: ({ candidates }) => candidates.length === 0, words: words.noCandidates }}
      >
        {({ candidates }) => (
          <ol className="candidates">
            {candidates.map((candidate, index) => (
              <CandidateRow
                key={candidate.staffId}
                candidate={candidate}
                best={index === 0}
                current={request.assignee?.id === candidate.staffId}
                teamId={teamOf(candidate)}
                busy={assign.isPending}
                onGive={give}
              />
            ))}
          </ol>
        )}
      </Loaded>
      <Pools teams={mine} busy={assign.isPending} onGive={give} />
    </div>
  )
}

interface CandidateRowProps {
  readonly candidate: Candidate
  readonly best: boolean
  /** Whether it is theirs already. */
  readonly current: boolean
  readonly teamId: string | undefined
  readonly busy: boolean
  readonly onGive: (target: Target) => void
}

function CandidateRow({ candidate, best, current, teamId, busy, onGive }: CandidateRowProps) {
  const words = useWords(dispatchWords)
  const kit = useWords(kitWords)
  return (
    <li className={best ? 'candidate best' : 'candidate'}>
      <span
        className={`dot dot-${candidate.presence}`}
        role="img"
        aria-label={kit.presence[candidate.presence]}
      />
      <div className="grow">
        <b>{candidate.name}</b> <span className="quiet">{candidate.teamName ?? ''}</span>{' '}
        {best ? <Tag color="processing">{words.best}</Tag> : null}
        {candidate.hasSkill ? null : <span className="chip chip-warn">{words.noSkill}</span>}
        {candidate.inArea ? null : <span className="chip">{words.notInArea}</span>}
        <p className="quiet">{candidate.reason}</p>
      </div>
      <span className="num quiet candidate-load">
        {words.load(candidate.openOrders)}
        <br />
        {distanceWords(candidate.distanceM, words)}
      </span>
      <Button
        type={best ? 'primary' : 'default'}
        size="small"
        disabled={busy || current || teamId === undefined}
        aria-label={words.giveTo(candidate.name)}
        onClick={() =>
          teamId !== undefined && onGive({ teamId, staffId: candidate.staffId, name: candidate.name })
        }
      >
        {words.give}
      </Button>
    </li>
  )
}

interface PoolsProps {
  readonly teams: readonly Team[]
  readonly busy: boolean
  readonly onGive: (target: Target) => void
}

function Pools({ teams, busy, onGive }: PoolsProps) {
  const words = useWords(dispatchWords)
  return (
    <>
      <h3>{words.pool}</h3>
      <div className="pools">
        {teams.map((team) => (
          <Button
            key={team.id}
            size="small"
            disabled={busy}
            onClick={() => onGive({ teamId: team.id, staffId: null, name: team.name })}
          >
            {words.poolOf(team.name)} · {words.members(team.members)}
          </Button>
        ))}
      </div>
    </>
  )
}
