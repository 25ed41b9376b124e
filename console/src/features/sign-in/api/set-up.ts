import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { writePublic } from '../../../api/client'
import type { ApiError } from '../../../api/errors'
import type { Input, SignInStep } from '../../../api/types'

/** Makes the first account with the code that the server printed. */
export const useSetUp = (): UseMutationResult<SignInStep, ApiError, Input<'staff.setUp'>> =>
  useMutation({ mutationFn: (input) => writePublic('staff.setUp', input), retry: false })
