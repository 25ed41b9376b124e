import type { z } from 'zod'
import type { appointmentsOperations } from './features/appointments/schema'
import type { billingOperations } from './features/billing/schema'
import type { callsOperations } from './features/calls/schema'
import type { catalogueOperations } from './features/catalogue/schema'
import type { chatOperations } from './features/chat/schema'
import type { codeDeskOperations, codesOperations } from './features/codes/schema'
import type { deskOperations } from './features/desk/schema'
import type { dispatchOperations } from './features/dispatch/schema'
import type { familyOperations } from './features/family/schema'
import type { filesOperations } from './features/files/schema'
import type { heatingOperations } from './features/heating/schema'
import type { householdsOperations } from './features/households/schema'
import type { identityOperations } from './features/identity/schema'
import type { invoiceDeskOperations, invoicesOperations } from './features/invoices/schema'
import type { notificationsOperations } from './features/notifications/schema'
import type { knowledgeOperations } from './features/knowledge/schema'
import type { noticesOperations } from './features/notices/schema'
import type { officialOperations } from './features/official/schema'
import type { outletDeskOperations, outletsOperations } from './features/outlets/schema'
import type { papersOperations } from './features/papers/schema'
import type { paymentsOperations, troublesOperations } from './features/payments/schema'
import type { privacyDeskOperations, privacyOperations } from './features/privacy/schema'
import type { portalOperations } from './features/portal/schema'
import type { readingsOperations } from './features/readings/schema'
import type { requestsOperations } from './features/requests/schema'
import type { staffOperations } from './features/staff/schema'
import type { tariffsOperations } from './features/tariffs/schema'
import type { usageOperations } from './features/usage/schema'

/** Types only: what clients may know of the server. Operation name → method, input and output. */
export type Contract = typeof identityOperations &
  typeof portalOperations &
  typeof householdsOperations &
  typeof billingOperations &
  typeof paymentsOperations &
  typeof troublesOperations &
  typeof notificationsOperations &
  typeof noticesOperations &
  typeof staffOperations &
  typeof filesOperations &
  typeof familyOperations &
  typeof catalogueOperations &
  typeof tariffsOperations &
  typeof appointmentsOperations &
  typeof requestsOperations &
  typeof deskOperations &
  typeof dispatchOperations &
  typeof officialOperations &
  typeof knowledgeOperations &
  typeof chatOperations &
  typeof callsOperations &
  typeof readingsOperations &
  typeof usageOperations &
  typeof heatingOperations &
  typeof codesOperations &
  typeof codeDeskOperations &
  typeof invoicesOperations &
  typeof invoiceDeskOperations &
  typeof privacyOperations &
  typeof privacyDeskOperations &
  typeof papersOperations &
  typeof outletsOperations &
  typeof outletDeskOperations

export type OperationName = keyof Contract
type NamesOf<M extends 'GET' | 'POST'> = {
  [N in OperationName]: Contract[N]['method'] extends M ? N : never
}[OperationName]
/** Operations without an effect, served as GET. */
export type ReadName = NamesOf<'GET'>
/** Operations with an effect, served as POST. */
export type WriteName = NamesOf<'POST'>
export type Input<N extends OperationName> = z.input<Contract[N]['input']>
export type Output<N extends OperationName> = z.output<Contract[N]['output']>

/** The body of every answer that is not a success. `message` is fit to be shown to a resident. */
export interface ErrorBody {
  error: {
    code: string
    message: string
    requestId: string
    retryAfterSeconds?: number
    fields?: { path: string; message: string }[]
  }
}
