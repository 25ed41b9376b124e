import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { bin, run } from './run'
import { ROOT } from './sources'

/** A rule whose pattern matches nothing would pass for ever, so each is shown a file that breaks it. */
const BROKEN: readonly (readonly [rule: string, path: string, imports: string])[] = [
  ['no-cycles', 'server/src/core/a.ts', './b'],
  ['no-unresolved', 'server/src/core/c.ts', './nowhere'],
  ['core-knows-nobody', 'server/src/core/d.ts', '../platforms/index'],
  ['platforms-know-core-only', 'server/src/platforms/e.ts', '../features/portal/index'],
  ['platform-siblings', 'server/src/platforms/wechat/f.ts', '../alipay/pay'],
  ['platforms-front-door', 'server/src/features/payments/g.ts', '../../platforms/alipay/pay'],
  ['features-below-entry', 'server/src/features/payments/h.ts', '../../assemble'],
  ['feature-order-billing', 'server/src/features/billing/i.ts', '../payments/index'],
  ['feature-front-door', 'server/src/features/payments/j.ts', '../billing/store'],
  ['entry-front-door', 'server/src/main.ts', './features/billing/store'],
  ['contract-is-schemas', 'server/src/contract.ts', './features/billing/store'],
  ['koa-stops-at-routes', 'server/src/features/billing/k.ts', 'koa'],
  ['typeorm-stops-at-core-db', 'server/src/features/billing/l.ts', 'typeorm'],
  ['drivers-stop-at-core-db', 'server/src/features/billing/m.ts', 'better-sqlite3'],
  ['wechatpay-stops-at-its-folder', 'server/src/features/payments/n.ts', 'wechatpay-node-v3'],
  ['alipay-sdk-stops-at-its-folder', 'server/src/platforms/wechat/o.ts', 'alipay-sdk'],
  ['ioredis-stops-at-assembly', 'server/src/features/identity/p.ts', 'ioredis'],
  ['undici-stops-at-outgoing-http', 'server/src/features/identity/q.ts', 'undici'],
  ['decoders-stop-at-their-process', 'server/src/features/files/u.ts', 'sharp'],
  ['s3-stops-at-its-folder', 'server/src/features/files/v.ts', '@aws-sdk/client-s3'],
  ['sandbox-knows-no-server', 'sandbox/src/r.ts', '../../server/src/core/clock'],
  ['server-knows-no-sandbox', 'server/src/core/s.ts', '../../../sandbox/src/keys'],
  ['no-test-code-in-production', 'server/src/features/billing/t.ts', '../../testing/harness'],
]

const FINE: readonly (readonly [path: string, imports: string])[] = [
  ['server/src/core/b.ts', './a'],
  ['server/src/core/clock.ts', 'node:fs'],
  ['server/src/platforms/index.ts', '../core/clock'],
  ['server/src/platforms/alipay/pay.ts', 'alipay-sdk'],
  ['server/src/features/billing/store.ts', '../../platforms/index'],
  ['server/src/features/billing/routes.ts', 'koa'],
  ['server/src/features/portal/index.ts', '../../core/clock'],
  ['server/src/features/payments/index.ts', '../portal/index'],
  ['server/src/assemble.ts', 'ioredis'],
  ['server/src/testing/harness.ts', '../assemble'],
  ['sandbox/src/keys.ts', 'node:crypto'],
]

test('every dependency rule catches the file that breaks it, and no other', async () => {
  const root = mkdtempSync(join(tmpdir(), 'yihu-rules-'))
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
    for (const [path, imports] of [...BROKEN.map(([, path, imports]) => [path, imports] as const), ...FINE]) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(
        join(root, path),
        `import type * as used from '${imports}'\nexport type Used = typeof used\n`,
      )
    }
    const config = join(ROOT, '.dependency-cruiser.cjs')
    const ran = await run(
      bin('depcruise'),
      ['--config', config, '--output-type', 'err', 'server/src', 'sandbox/src'],
      {
        cwd: root,
      },
    )
    const found = [...ran.output.matchAll(/error ([\w-]+): (\S+) → /g)].map(
      ([, rule, path]) => `${rule} ${path}`,
    )
    const expected = BROKEN.map(([rule, path]) => `${rule} ${path}`)
    expect([...new Set(found)].sort()).toEqual(expected.sort())
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
