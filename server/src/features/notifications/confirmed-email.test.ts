import { inTransaction } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { confirmedEmail } from './confirmed-email'
import { emailTable } from './entities'

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  test('the address that somebody confirmed last under any of their ids; one that waits for its code is none', async () => {
    const { ids, vault } = app.ctx()
    const [earlier, later, waiting] = [ids.next(), ids.next(), ids.next()]
    const pending = {
      pendingSealed: null,
      codeHash: null,
      triesLeft: 0,
      codeSentAt: null,
      codeExpiresAt: null,
    }
    const row = (residentId: string, address: string | null, confirmedAt: number | null) => ({
      residentId,
      addressSealed: address === null ? null : vault.seal(address),
      confirmedAt,
      ...pending,
    })
    await inTransaction(app.ctx(), (tx) =>
      tx.insert(emailTable, [
        row(earlier, 'old@example.com', 1000),
        row(later, 'new@example.com', 2000),
        row(waiting, null, null),
      ]),
    )
    expect(await confirmedEmail(app.ctx(), [earlier, later])).toBe('new@example.com')
    expect(await confirmedEmail(app.ctx(), [waiting])).toBeNull()
  })
})
