import type { RequestView } from '../api/types'
import { newUpload } from '../upload/plan'
import { filesProblem, ratingProblem, urgeState } from './may'

const now = Date.UTC(2026, 10, 22, 7, 0)
const request = (part: Partial<RequestView>): RequestView =>
  ({
    state: 'accepted',
    mine: true,
    may: ['urge'],
    urges: { count: 0, lastAt: null, nextAt: null },
    ...part,
  }) as unknown as RequestView
const urged = (nextAt: number) => ({ count: 1, lastAt: nextAt - 7_200_000, nextAt })

test('urging is offered where the server offers it', () => {
  expect(urgeState(request({}), now)).toEqual({ kind: 'now' })
  expect(urgeState(request({ may: [] }), now)).toEqual({ kind: 'none' })
})
test('after urging it says from when it can be done again, and then can be', () => {
  const waiting = request({ may: [], urges: urged(now + 60_000) })
  expect(urgeState(waiting, now)).toEqual({ kind: 'later', at: now + 60_000 })
  expect(urgeState(waiting, now + 60_000)).toEqual({ kind: 'now' })
})
test('what is over, or somebody else’s, cannot be urged', () => {
  expect(urgeState(request({ may: [], state: 'closed', urges: urged(now + 1) }), now).kind).toBe('none')
  expect(urgeState(request({ may: [], mine: false, urges: urged(now + 1) }), now).kind).toBe('none')
})
test('under four stars a reason is asked, from four on none', () => {
  const offered = ['来得太晚']
  expect(ratingProblem({ stars: 0, outcome: null, reasons: [] }, offered)).toContain('星')
  expect(ratingProblem({ stars: 3, outcome: null, reasons: [] }, offered)).toContain('解决')
  expect(ratingProblem({ stars: 3, outcome: 'solved', reasons: [] }, offered)).toContain('原因')
  expect(ratingProblem({ stars: 3, outcome: 'solved', reasons: ['来得太晚'] }, offered)).toBeNull()
  expect(ratingProblem({ stars: 4, outcome: 'solved', reasons: [] }, offered)).toBeNull()
})
test('a photo on its way holds the sending back', () => {
  const item = (state: 'sending' | 'ready' | 'broken') => [
    {
      key: 'k',
      kind: 'image' as const,
      path: 'p',
      durationMs: null,
      upload: { ...newUpload('image', 1, 'c'), state },
    },
  ]
  expect(filesProblem(item('sending'))).toContain('上传')
  expect(filesProblem(item('broken'))).toContain('删除')
  expect(filesProblem(item('ready'))).toBeNull()
})
