import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { writePublic } from '../../../api/client'
import type { ApiError } from '../../../api/errors'
import type { Input, SignInStep } from '../../../api/types'

/** First step: name and password. It is never repeated by itself, because wrong tries are counted. */
export const useSignIn = (): UseMutationResult<SignInStep, ApiError, Input<'staff.signIn'>> =>
  useMutation({ mutationFn: (input) => writePublic('staff.signIn', input), retry: false })
