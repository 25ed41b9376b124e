import type { Ctx } from '../../platforms/context'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { authenticate, refreshStaff } from './authenticate'
import { changePassword } from './change-password'
import { endSession } from './end-session'
import { listSessions } from './list-sessions'
import { readMe } from './read-me'
import { setOwnPresence } from './set-own-presence'
import { signOutStaff } from './sign-out-staff'
import { browser, buildAccount, GOOD_PASSWORD, signInWith, whoIs } from './test-office'

const NEW_PASSWORD = '一个谁也没见过的新密码 2'

eachEngine((engine) => {
  let app: TestApp
  const minutes = (n: number): void => app.clock.advance(n * 60_000)
  /** The context of whoever is signed in with this browser. */
  const as = async (edge: ReturnType<typeof browser>): Promise<Ctx> => {
    const staff = await whoIs(app, edge)
    if (!staff) throw new Error('nobody is signed in')
    return { ...app.ctx(), staff }
  }

  describe('sessions', () => {
    beforeEach(async () => {
      app = await startApp({ engine })
      await buildAccount(app)
    })
    afterEach(() => app.close())

    test('half an hour without a request ends a session, twelve hours end it anyway', async () => {
      const idle = await signInWith(app, { loginName: 'wangxiao' })
      minutes(29)
      expect(await whoIs(app, idle)).not.toBeNull()
      minutes(29)
      expect(await whoIs(app, idle)).not.toBeNull()
      minutes(30)
      expect(await whoIs(app, idle)).toBeNull()
      const busy = await signInWith(app, { loginName: 'wangxiao' })
      for (let i = 0; i < 35; i++) {
        minutes(20)
        expect(await whoIs(app, busy)).not.toBeNull()
      }
      minutes(20)
      expect(await whoIs(app, busy)).toBeNull()
    })

    test('what the console asks by itself does not count as being there', async () => {
      const edge = await signInWith(app, { loginName: 'wangxiao' })
      for (let i = 0; i < 2; i++) {
        minutes(14)
        expect(await authenticate(app.ctx(), edge.token() ?? '', true)).not.toBeNull()
      }
      minutes(3)
      expect(await whoIs(app, edge)).toBeNull()
    })

    test('I see where I am signed in, end one of them at once, and never somebody else’s', async () => {
      await buildAccount(app, { loginName: 'other' })
      const [mine, second, others] = [
        await signInWith(app, { loginName: 'wangxiao' }),
        await signInWith(app, { loginName: 'wangxiao' }),
        await signInWith(app, { loginName: 'other' }),
      ]
      const ctx = await as(mine)
      const { sessions } = await listSessions(ctx)
      expect(sessions.map((one) => one.current)).toEqual([false, true])
      expect(sessions[0]).toMatchObject({ ip: '127.0.0.1', agent: 'test browser' })
      const live = { ...app.ctx(), staff: await whoIs(app, second) }
      await endSession(ctx, { sessionId: sessions[0]?.id ?? '' })
      expect(await whoIs(app, second)).toBeNull()
      // What was open longer than a request learns it, too.
      expect(live.staff && (await refreshStaff(app.ctx(), live.staff))).toBeNull()
      const foreign = (await as(others)).staff?.sessionId ?? ''
      await expect(endSession(ctx, { sessionId: foreign })).rejects.toMatchObject({ code: 'not_found' })
      expect(await whoIs(app, others)).not.toBeNull()
      minutes(31)
      const later = await signInWith(app, { loginName: 'wangxiao' })
      expect((await listSessions(await as(later))).sessions).toHaveLength(1)
    })

    test('leaving ends the session, takes the cookie away and says offline', async () => {
      const edge = await signInWith(app, { loginName: 'wangxiao' })
      const ctx = await as(edge)
      await setOwnPresence(ctx, { presence: 'online' })
      expect((await readMe(ctx)).me.presence).toBe('online')
      const token = edge.token() ?? ''
      await signOutStaff(ctx, edge)
      expect(edge.token()).toBeNull()
      expect(await authenticate(app.ctx(), token, false)).toBeNull()
      expect((await readMe(ctx)).me.presence).toBe('offline')
    })

    test('a new password ends my other sessions and keeps this one; the old one opens nothing any more', async () => {
      const [mine, other] = [
        await signInWith(app, { loginName: 'wangxiao' }),
        await signInWith(app, { loginName: 'wangxiao' }),
      ]
      await changePassword(await as(mine), { oldPassword: GOOD_PASSWORD, newPassword: NEW_PASSWORD })
      expect(await whoIs(app, mine)).not.toBeNull()
      expect(await whoIs(app, other)).toBeNull()
      await expect(signInWith(app, { loginName: 'wangxiao' })).rejects.toMatchObject({
        code: 'staff_refused',
      })
      await signInWith(app, { loginName: 'wangxiao', password: NEW_PASSWORD })
    })

    test('the old password is asked for, and guessing it is stopped', async () => {
      const ctx = await as(await signInWith(app, { loginName: 'wangxiao' }))
      const guess = { oldPassword: 'wrong', newPassword: NEW_PASSWORD }
      for (let i = 0; i < 5; i++)
        await expect(changePassword(ctx, guess)).rejects.toMatchObject({ code: 'password_wrong' })
      const right = { oldPassword: GOOD_PASSWORD, newPassword: NEW_PASSWORD }
      await expect(changePassword(ctx, right)).rejects.toMatchObject({ code: 'staff_locked' })
    })

    test('a weak one and the same one again are refused', async () => {
      const ctx = await as(await signInWith(app, { loginName: 'wangxiao' }))
      const change = (newPassword: string) => changePassword(ctx, { oldPassword: GOOD_PASSWORD, newPassword })
      await expect(change('Heating2026!')).rejects.toMatchObject({ code: 'password_weak' })
      await expect(change(GOOD_PASSWORD)).rejects.toMatchObject({ code: 'password_used_before' })
    })

    test('a password that works once leads to changing it, and then to everything', async () => {
      await buildAccount(app, { loginName: 'new', oneTime: true })
      const edge = await signInWith(app, { loginName: 'new' })
      const ctx = await as(edge)
      const { me } = await readMe(ctx)
      expect(me).toMatchObject({ mustChangePassword: true, roles: ['agent'] })
      expect(me.may).not.toContain('desk.list')
      expect(me.may).toContain('staff.changePassword')
      await changePassword(ctx, { oldPassword: GOOD_PASSWORD, newPassword: NEW_PASSWORD })
      expect(await whoIs(app, edge)).toMatchObject({ roles: ['agent'] })
    })
  })

  test('under 等保 a password lasts ninety days, and the last five do not come back', async () => {
    app = await startApp({ engine, config: { staff: { profile: 'djbh3', absoluteHours: 24 } } })
    try {
      await buildAccount(app)
      const edge = await signInWith(app, { loginName: 'wangxiao' })
      const passwords = [GOOD_PASSWORD, 'Songhai-1x', 'Songhai-2y', 'Songhai-3z', 'Songhai-4w', 'Songhai-5v']
      const ctx = await as(edge)
      for (let i = 1; i < 6; i++)
        await changePassword(ctx, { oldPassword: passwords[i - 1] ?? '', newPassword: passwords[i] ?? '' })
      const back = (newPassword: string) => changePassword(ctx, { oldPassword: 'Songhai-5v', newPassword })
      await expect(back('Songhai-1x')).rejects.toMatchObject({ code: 'password_used_before' })
      await expect(back('onlylower')).rejects.toMatchObject({ code: 'password_weak' })
      app.clock.advance(90 * 86_400_000)
      const later = await signInWith(app, { loginName: 'wangxiao', password: 'Songhai-5v' })
      expect(await whoIs(app, later)).toMatchObject({ roles: [] })
      await changePassword(await as(later), { oldPassword: 'Songhai-5v', newPassword: 'Songhai-6u' })
      expect(await whoIs(app, later)).toMatchObject({ roles: ['agent'] })
    } finally {
      await app.close()
    }
  })
})
