import {
  keepPreviousData,
  QueryCache,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query'
import { act, read } from './client'
import { ApiError, hasCode, isUnsure } from './errors'
import type { ActInput, ActName, Input, Me, Output, ReadName } from './types'

/** The one store of what was read. A session that ended anywhere ends everywhere. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: forgetMe }),
  defaultOptions: {
    queries: {
      // Without a network the library would wait in silence; asking fails at once, and that can be said in words.
      networkMode: 'always',
      staleTime: 5_000,
      gcTime: 10 * 60_000,
      retry: (count, error) => isUnsure(error) && count < 2,
      refetchOnWindowFocus: true,
    },
    mutations: {
      networkMode: 'always',
      // The same act with the same id: what was done already is answered again, and not done twice.
      retry: (count, error) => isUnsure(error) && count < 1,
      onError: forgetMe,
    },
  },
})

function forgetMe(error: unknown): void {
  if (hasCode(error, 'unauthenticated') && queryClient.getQueryData<Output<'staff.me'>>(['staff.me', {}]))
    keepMe(null)
}

/** What the library tells of a question that may be asked again. */
interface Asked<N extends ReadName> {
  readonly state: { readonly data: Output<N> | undefined }
}

/** Reads an operation; its name and input are the key, so that live news can find what it touches. */
export function useRead<N extends ReadName>(
  name: N,
  input: Input<N> | null,
  options: {
    /** How often to ask again; a function decides by what was read last, and `false` ends it. */
    readonly refetchMs?: number | ((data: Output<N> | undefined) => number | false)
    readonly keepOld?: boolean
  } = {},
): UseQueryResult<Output<N>, ApiError> {
  const { refetchMs } = options
  return useQuery<Output<N>, ApiError>({
    queryKey: [name, input],
    queryFn: ({ signal }) => {
      if (input === null) throw new ApiError('invalid_input', 422)
      return read(name, input, { signal })
    },
    enabled: input !== null,
    // Who is not signed in is asked about once, and not again by every part of the page.
    retryOnMount: name !== 'staff.me',
    ...(refetchMs !== undefined && {
      refetchInterval:
        typeof refetchMs === 'number' ? refetchMs : ({ state }: Asked<N>) => refetchMs(state.data),
    }),
    ...(options.keepOld && { placeholderData: keepPreviousData }),
  })
}

/** An act of the person; `touches` names the reads that it makes old. */
export function useAct<N extends ActName>(
  name: N,
  touches: readonly ReadName[] = [],
): UseMutationResult<Output<N>, ApiError, ActInput<N>> {
  return useMutation<Output<N>, ApiError, ActInput<N>>({
    mutationFn: (input) => act(name, input),
    onSuccess: () => refresh(touches),
  })
}

/** Asks again for every read of these names that a page shows. */
export function refresh(names: readonly string[]): void {
  for (const name of names) void queryClient.invalidateQueries({ queryKey: [name] })
}

/** Somebody came or went. What the last person read does not stay for the next one. */
export function keepMe(me: Me | null): void {
  queryClient.setQueryData(['staff.me', {}], me === null ? null : { me })
  if (me !== null) return
  const open: readonly unknown[] = ['staff.me', 'staff.describe', 'portal.describe']
  queryClient.removeQueries({ predicate: ({ queryKey }) => !open.includes(queryKey[0]) })
}
