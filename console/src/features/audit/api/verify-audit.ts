import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { read } from '../../../api/client'
import type { ApiError } from '../../../api/errors'
import type { Output } from '../../../api/types'

/** Reckons the chain anew when somebody asks; it is work for the server, so never by itself. */
export const useVerify = (): UseMutationResult<Output<'audit.verify'>, ApiError, void> =>
  useMutation({ mutationFn: () => read('audit.verify', {}, { byHand: true }) })
