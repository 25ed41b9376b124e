import { appointmentsFeature } from './features/appointments'
import { billingFeature } from './features/billing'
import { callsFeature } from './features/calls'
import { catalogueFeature } from './features/catalogue'
import { chatFeature } from './features/chat'
import { codesFeature } from './features/codes'
import { deskFeature } from './features/desk'
import { dispatchFeature } from './features/dispatch'
import { familyFeature } from './features/family'
import { filesFeature } from './features/files'
import { heatingFeature } from './features/heating'
import { householdsFeature } from './features/households'
import { identityFeature } from './features/identity'
import { invoicesFeature } from './features/invoices'
import { knowledgeFeature } from './features/knowledge'
import { noticesFeature } from './features/notices'
import { notificationsFeature } from './features/notifications'
import { officialFeature } from './features/official'
import { outletsFeature } from './features/outlets'
import { papersFeature } from './features/papers'
import { paymentsFeature } from './features/payments'
import { privacyFeature } from './features/privacy'
import { portalFeature } from './features/portal'
import { readingsFeature } from './features/readings'
import { requestsFeature } from './features/requests'
import { staffFeature } from './features/staff'
import { usageFeature } from './features/usage'
import { tariffsFeature } from './features/tariffs'
import type { Feature } from './platforms/feature'

/** Every feature, lower ones first: each may use only those above it in this list. */
export const features: readonly Feature[] = [
  portalFeature,
  staffFeature,
  identityFeature,
  filesFeature,
  catalogueFeature,
  tariffsFeature,
  outletsFeature,
  householdsFeature,
  billingFeature,
  notificationsFeature,
  familyFeature,
  paymentsFeature,
  noticesFeature,
  appointmentsFeature,
  requestsFeature,
  deskFeature,
  dispatchFeature,
  officialFeature,
  knowledgeFeature,
  chatFeature,
  callsFeature,
  readingsFeature,
  usageFeature,
  heatingFeature,
  codesFeature,
  invoicesFeature,
  papersFeature,
  privacyFeature,
]
