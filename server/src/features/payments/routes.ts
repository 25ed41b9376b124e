import { implement } from '../../platforms/feature'
import { checkPayment } from './check-payment'
import { cancelPayment } from './cancel-payment'
import { getPayment } from './get-payment'
import { listPayments } from './list-payments'

import { presentPayment, presentPayments } from './present'
import { readReceipt } from './read-receipt'
import { paymentsOperations } from './schema'
import { startPayment } from './start-payment'

export const paymentsRoutes = implement(paymentsOperations, {
  'payments.start': {
    limit: 'order',
    keepsClientId: true,
    handle: async (ctx, input) => {
      const { payment, cashier } = await startPayment(ctx, input)
      return { payment: await presentPayment(ctx, payment), cashier }
    },
  },
  'payments.check': {
    limit: 'read',
    // Asked again and again for news, so an answer that is kept would be the wrong one.
    keepsClientId: true,
    handle: async (ctx, { paymentId }) => {
      await checkPayment(ctx, await getPayment(ctx, paymentId), 'return')
      return { payment: await presentPayment(ctx, await getPayment(ctx, paymentId)) }
    },
  },
  'payments.cancel': {
    limit: 'write',
    handle: async (ctx, { paymentId }) => {
      return { payment: await presentPayment(ctx, await cancelPayment(ctx, paymentId)) }
    },
  },
  'payments.get': {
    limit: 'read',
    handle: async (ctx, { paymentId }) => ({
      payment: await presentPayment(ctx, await getPayment(ctx, paymentId)),
    }),
  },
  'payments.list': {
    limit: 'read',
    handle: async (ctx, input) => {
      const { rows, nextCursor } = await listPayments(ctx, input)
      return { items: await presentPayments(ctx, rows), nextCursor }
    },
  },
  'payments.receipt': { limit: 'read', handle: async (ctx, { paymentId }) => readReceipt(ctx, paymentId) },
})
