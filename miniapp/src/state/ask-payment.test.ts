import { askPayment } from './ask-payment'

let known = 'waiting'
let platform: string | Error = 'waiting'
const asked: string[] = []
jest.mock('../api/client', () => ({
  read: async (name: string) => {
    asked.push(name)
    return { payment: { state: known } }
  },
  write: async (name: string) => {
    asked.push(name)
    if (platform instanceof Error) throw platform
    return { payment: { state: platform } }
  },
}))
beforeEach(() => {
  known = 'waiting'
  platform = 'waiting'
  asked.length = 0
})

test('what our record calls settled is shown without asking the platform', async () => {
  known = 'paid'
  platform = new Error('away')
  expect(await askPayment('P', 0)).toEqual({ payment: { state: 'paid' }, asked: false })
  expect(asked).toEqual(['payments.get'])
})
test('what is open is asked at the platform at once', async () => {
  platform = 'paid'
  expect(await askPayment('P', 0)).toEqual({ payment: { state: 'paid' }, asked: true })
})
test('a platform that is away, or a question too many, leaves our own record', async () => {
  platform = new Error('away')
  known = 'paid'
  expect(await askPayment('P', 2)).toEqual({ payment: { state: 'paid' }, asked: false })
})
test('in between only our own record is asked', async () => {
  await askPayment('P', 1)
  expect(asked).toEqual(['payments.get'])
})
