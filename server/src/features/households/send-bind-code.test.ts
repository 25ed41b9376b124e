import { DAY_MS } from '../../core/clock'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { fakePlatforms } from '../../testing/fake-platforms'
import { bindHousehold } from './bind-household'
import { ANNA, BERT, bindInput, outcomeOf, saveHousehold } from './households.fixture'
import { sendBindCode } from './send-bind-code'

eachEngine((engine) => {
  let app: TestApp
  let sent: { phone: string; code: string }[]
  beforeEach(async () => {
    sent = []
    const delivered = {
      state: 'delivered' as const,
      platformCode: null,
      platformMessageId: null,
      advice: null,
    }
    app = await startApp({
      engine,
      platforms: {
        sms: {
          ...fakePlatforms().sms,
          sendCode: async (message) => {
            sent.push(message)
            return delivered
          },
        },
      },
    })
  })
  afterEach(() => app.close())

  const ask = (who: string, accountNo: string) =>
    sendBindCode(app.asResident(who), { companyId: 'gas', accountNo })
  const bindByCode = (who: string, accountNo: string, code: string, clientId?: string) =>
    outcomeOf(
      bindHousehold(app.asResident(who), {
        ...bindInput(accountNo, '0000', clientId),
        proof: { kind: 'sms-code', value: code },
      }),
    )
  const askAndRead = async (who: string, accountNo: string): Promise<string> => {
    await ask(who, accountNo)
    await app.runJobs()
    return sent.at(-1)?.code ?? ''
  }

  test('the code goes to the phone on file and binds the household once', async () => {
    await saveHousehold(app, '0008800011')
    const code = await askAndRead(ANNA, '0008800011')
    expect(sent).toMatchObject([{ phone: '17903412298' }])
    expect(await bindByCode(ANNA, '0008800011', code)).toBe('done')
    expect(await bindByCode(BERT, '0008800011', code)).toBe('bind_refused')
  })

  test('the answer is the same whether the number exists, has a phone, or neither, and only one phone rings', async () => {
    await saveHousehold(app, '0008800011')
    await saveHousehold(app, '0008800012', { phone: null })
    const answers = [
      await ask(ANNA, '0008800011'),
      await ask(ANNA, '0008800012'),
      await ask(ANNA, '0008800099'),
    ]
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['{"retryAfterSeconds":60,"expiresInSeconds":600}']),
    )
    expect(await app.ctx().db.reader.query('SELECT id FROM job')).toHaveLength(3)
    await app.runJobs()
    expect(sent).toHaveLength(1)
  })

  test.each(['0008800011', '0008800099'])(
    'one code a minute and five a day for %s, known or not',
    async (accountNo) => {
      await saveHousehold(app, '0008800011')
      await ask(ANNA, accountNo)
      expect(await outcomeOf(ask(BERT, accountNo))).toBe('sms_limited')
      for (let index = 0; index < 4; index++) {
        app.clock.advance(60_000)
        await ask(ANNA, accountNo)
      }
      app.clock.advance(60_000)
      expect(await outcomeOf(ask(ANNA, accountNo))).toBe('sms_limited')
      app.clock.advance(DAY_MS)
      expect(await outcomeOf(ask(ANNA, accountNo))).toBe('done')
    },
  )

  test('a code that one resident asked for opens nothing for another, and lives ten minutes', async () => {
    await saveHousehold(app, '0008800011')
    const code = await askAndRead(ANNA, '0008800011')
    expect(await bindByCode(BERT, '0008800011', code)).toBe('bind_refused')
    app.clock.advance(10 * 60_000 + 1)
    expect(await bindByCode(ANNA, '0008800011', code)).toBe('bind_refused')
  })

  test('a code for one household opens no other, even with the same phone', async () => {
    await saveHousehold(app, '0008800011')
    await saveHousehold(app, '0008800012')
    const code = await askAndRead(ANNA, '0008800011')
    expect(await bindByCode(ANNA, '0008800012', code)).toBe('bind_refused')
    expect(await bindByCode(ANNA, '0008800011', code)).toBe('done')
  })

  test('the right code sent twice at the same moment never counts as a wrong one', async () => {
    await saveHousehold(app, '0008800011')
    const code = await askAndRead(ANNA, '0008800011')
    const tap = () => bindByCode(ANNA, '0008800011', code, 'client-id-double-tap')
    const outcomes = await Promise.all([tap(), tap(), tap()])
    expect(outcomes).toContain('done')
    expect(outcomes).not.toContain('bind_refused')
    expect(await tap()).toBe('done')
  })

  test('a locked number sends no codes', async () => {
    await saveHousehold(app, '0008800011')
    for (const who of [ANNA, BERT, '01JDCARL0000000000000000CC']) {
      await outcomeOf(bindHousehold(app.asResident(who), bindInput('0008800011', '0000')))
    }
    expect(await outcomeOf(ask(ANNA, '0008800011'))).toBe('bind_locked')
  })
})
