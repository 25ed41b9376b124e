import { sha256 } from '../../core/ids'
import { eachEngine, startApp } from '../../testing/harness'
import { describePortal } from './describe-portal'
import { listTariffs } from './list-tariffs'
import { portalOperations } from './schema'

eachEngine((engine) => {
  test('a stranger reads companies, hotline, prices and the privacy text whose hash a consent will carry', async () => {
    const app = await startApp({ engine })
    const portal = portalOperations['portal.describe'].output.parse(describePortal(app.ctx()))
    expect(portal.companies.map((company) => company.id)).toEqual(['heating', 'gas', 'power'])
    expect(portal.privacy.textSha256).toBe(
      sha256([portal.privacy.title, ...portal.privacy.paragraphs].join('\n')),
    )
    const { tariffs } = portalOperations['tariffs.list'].output.parse(listTariffs(app.ctx()))
    expect(tariffs.every((tariff) => tariff.source !== '' && tariff.rows.length > 0)).toBe(true)
    const answer = await fetch(`${app.url}/api/tariffs.list`)
    expect(await answer.json()).toEqual({ tariffs })
    // Nothing that a stranger reads may carry a key or an account of ours.
    expect(JSON.stringify(portal)).not.toMatch(/PRIVATE KEY|apiV3Key|secret|1900000101/)
    await app.close()
  })
})
