import { allFeatures } from './features'
import { createKernel, logLine } from './kernel/kernel'
import { ConfigError, loadConfig } from './kernel/load-config'
import { publishConfiguredRules } from './links/index'
import { startMail } from './mail/index'
import { startPhones } from './phones/index'
import { PortTaken, startSandbox } from './start'

function configFile(): string {
  const index = process.argv.indexOf('--config')
  const file = index >= 0 ? process.argv[index + 1] : process.env['YIHU_SANDBOX_CONFIG']
  if (!file) throw new ConfigError(['没有配置文件：请给 --config FILE，或设环境变量 YIHU_SANDBOX_CONFIG'])
  return file
}

function isPortTaken(error: unknown): error is NodeJS.ErrnoException & { port?: number } {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof PortTaken) return error.message
  if (isPortTaken(error)) {
    return `手机的端口 ${error.port ?? ''} 已被占用：请改沙箱配置里的 phones.wechatPort、phones.alipayPort 或 phones.workerPort。`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function main(): Promise<void> {
  const kernel = createKernel(loadConfig(configFile()))
  const sandbox = await startSandbox(kernel, allFeatures(kernel))
  const phones = await startPhones(kernel)
  const mail = await startMail(kernel)
  logLine('sandbox.started', {
    address: sandbox.address,
    wechatPhone: `http://${kernel.config.host}:${phones.wechatPort}`,
    alipayPhone: `http://${kernel.config.host}:${phones.alipayPort}`,
    workerPhone: `http://${kernel.config.host}:${phones.workerPort}`,
    ...(mail === null ? {} : { mail: `smtp://${kernel.config.host}:${mail.port}` }),
    seed: kernel.config.seed,
    speed: kernel.config.speed,
  })
  const stopRules = publishConfiguredRules(kernel)
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    stopRules()
    Promise.all([phones.close(), sandbox.close(), mail?.close()])
      .then(() => kernel.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${explain(error)}\n`)
          process.exit(1)
        },
      )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})
