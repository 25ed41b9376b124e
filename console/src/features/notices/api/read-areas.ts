import { read } from '../../../api/client'
import { queryClient } from '../../../api/query'
import type { Input, NoticeArea } from '../../../api/types'

const freshMs = 10 * 60_000

/** Knots below one, or the roots; a tree changes once in months. */
export async function readAreas(input: Input<'notices.areas'>): Promise<readonly NoticeArea[]> {
  const { areas } = await queryClient.fetchQuery({
    queryKey: ['notices.areas', input],
    queryFn: ({ signal }) => read('notices.areas', input, { signal }),
    staleTime: freshMs,
  })
  return areas
}
