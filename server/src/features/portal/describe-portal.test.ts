import { sha256 } from '../../core/ids'
import { eachEngine, startApp } from '../../testing/harness'
import { describePortal } from './describe-portal'
import { portalOperations } from './schema'

eachEngine((engine) => {
  test('a stranger reads companies, hotline and the privacy text whose hash a consent will carry', async () => {
    const given = { serves: 'sms', gets: '手机号', why: '发验证码', as: 'entrusted' }
    const recipients = [
      { ...given, name: '短信公司' },
      { ...given, name: '从前的公司', until: '2026-01-31' },
    ]
    const app = await startApp({ engine, config: { privacy: { recipients } } })
    const portal = portalOperations['portal.describe'].output.parse(describePortal(app.ctx()))
    expect(portal.companies.map((company) => company.id)).toEqual(['heating', 'gas', 'power', 'water'])
    expect(portal.privacy.textSha256).toBe(
      sha256([portal.privacy.title, ...portal.privacy.paragraphs].join('\n')),
    )
    expect(portal.privacy.recipients.map(({ name }) => name)).toEqual(['短信公司'])
    expect(JSON.stringify(portal)).not.toContain('从前的公司')
    // Nothing that a stranger reads may carry a key or an account of ours.
    expect(JSON.stringify(portal)).not.toMatch(/PRIVATE KEY|apiV3Key|secret|1900000101/)
    await app.close()
  })

  test('at each tap a wallet is asked for its own templates, a company’s before the portal’s, and long-term ones are named', async () => {
    const app = await startApp({ engine })
    const ctx = app.ctx()
    const { platforms, companies } = ctx.config
    const config = {
      ...ctx.config,
      companies: companies.map((company) => ({
        ...company,
        messageTemplates:
          company.id === 'gas'
            ? {
                'wechat-mini': {
                  'outage-restored': 'GasRestored',
                  'outage-extended': { id: 'GasExtended', longTerm: true },
                },
              }
            : {},
      })),
      platforms: {
        ...platforms,
        wechat: {
          ...platforms.wechat,
          subscribeTemplates: {
            'payment-success': { id: 'Paid' },
            'outage-planned': { id: 'Planned', longTerm: true },
            'outage-restored': { id: 'Restored' },
            'outage-cancelled': { id: 'Cancelled' },
          },
        },
        alipay: { ...platforms.alipay, messageTemplates: { 'outage-restored': { id: 'AlipayRestored' } } },
      },
    }
    const portal = portalOperations['portal.describe'].output.parse(describePortal({ ...ctx, config }))
    expect(portal.subscribe).toEqual({ wechat: ['Paid'], alipay: [] })
    expect(portal.subscribeNotices).toEqual({ wechat: ['Planned', 'Restored'], alipay: ['AlipayRestored'] })
    expect(portal.longTermTemplates).toEqual(['Planned', 'GasExtended'])
    const atAnOutage = new Map(portal.companies.map(({ id, subscribeNotices }) => [id, subscribeNotices]))
    expect(atAnOutage.get('heating')).toEqual({
      wechat: ['Restored', 'Cancelled'],
      alipay: ['AlipayRestored'],
    })
    expect(atAnOutage.get('gas')).toEqual({
      wechat: ['GasRestored', 'GasExtended', 'Cancelled'],
      alipay: ['AlipayRestored'],
    })
    await app.close()
  })
})
