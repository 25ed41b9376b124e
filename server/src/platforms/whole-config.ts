import { z } from 'zod'
import { coreConfigShape, refineConfig } from '../core/config/schema'
import { platformsConfigSchema } from './config'
import { productionFaults, unnamedRecipients } from './production-rules'

/** The whole configuration: the core's sections and the platforms' accounts, checked as one. */
export const configSchema = z
  .strictObject({ ...coreConfigShape, platforms: platformsConfigSchema })
  .superRefine((config, ctx) => {
    refineConfig(config, ctx)
    if (config.platforms.totalTimeoutMs >= config.http.handlerTimeoutMs) {
      ctx.addIssue({
        code: 'custom',
        path: ['platforms', 'totalTimeoutMs'],
        message: 'must be less than http.handlerTimeoutMs, or a slow platform reads as a busy portal',
      })
    }
    if (config.environment === 'production') {
      for (const { path, message } of productionFaults(config.platforms))
        ctx.addIssue({ code: 'custom', path: ['platforms', ...path], message })
      for (const serves of unnamedRecipients(config.platforms, config.privacy.recipients))
        ctx.addIssue({
          code: 'custom',
          path: ['privacy', 'recipients'],
          message: `says of nobody that they serve ${serves}: residents must be able to read who gets what of them`,
        })
    }
    for (const [index, company] of config.companies.entries()) {
      for (const wallet of ['wechat', 'alipay'] as const) {
        const key = company.merchants[wallet]
        if (key !== null && !(key in config.platforms[wallet].merchants)) {
          ctx.addIssue({
            code: 'custom',
            path: ['companies', index, 'merchants', wallet],
            message: `there is no ${wallet} merchant named ${key} under platforms`,
          })
        }
      }
    }
  })
export type Config = z.infer<typeof configSchema>
