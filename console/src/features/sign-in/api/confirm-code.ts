import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { writePublic } from '../../../api/client'
import type { ApiError } from '../../../api/errors'
import type { Input, SignInStep } from '../../../api/types'

/** Second step: a code works once, so it is never sent twice by itself. */
export const useConfirmCode = (): UseMutationResult<SignInStep, ApiError, Input<'staff.confirmCode'>> =>
  useMutation({ mutationFn: (input) => writePublic('staff.confirmCode', input), retry: false })
