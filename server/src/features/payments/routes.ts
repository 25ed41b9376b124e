import { implement } from '../../platforms/feature'
import { checkPayment } from './check-payment'
import { closePayment } from './close-payment'
import { listPayments } from './list-payments'
import { myPayment } from './policy'
import { presentPayment, presentPayments } from './present'
import { readReceipt } from './read-receipt'
import { paymentsOperations } from './schema'
import { startPayment } from './start-payment'

export const paymentsRoutes = implement(paymentsOperations, {
  'payments.start': {
    limit: 'order',
    handle: async (ctx, input) => {
      const { payment, cashier } = await startPayment(ctx, input)
      return { payment: await presentPayment(ctx, payment), cashier }
    },
  },
  'payments.check': {
    limit: 'read',
    handle: async (ctx, { paymentId }) => {
      await checkPayment(ctx, await myPayment(ctx, paymentId), 'return')
      return { payment: await presentPayment(ctx, await myPayment(ctx, paymentId)) }
    },
  },
  'payments.cancel': {
    limit: 'write',
    handle: async (ctx, { paymentId }) => {
      await closePayment(ctx, await myPayment(ctx, paymentId), 'close')
      return { payment: await presentPayment(ctx, await myPayment(ctx, paymentId)) }
    },
  },
  'payments.get': {
    limit: 'read',
    handle: async (ctx, { paymentId }) => ({
      payment: await presentPayment(ctx, await myPayment(ctx, paymentId)),
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
