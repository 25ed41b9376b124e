import { z } from 'zod'
import { appointments } from './appointments'
import { brandColour, logoPath } from './brand'
import { calls } from './calls'
import { chat, gridManagers } from './chat'
import { codes } from './codes'
import { heating } from './heating'
import { invoices } from './invoices'
import { knowledge } from './knowledge'
import { companies } from './companies'
import { messages } from './messages'
import { notices } from './notices'
import { official } from './official'
import { weaknessOf } from './secrets'
import { papers } from './papers'
import { privacy } from './privacy'
import { readings } from './readings'
import { sockets } from './sockets'
import { usage } from './usage'

const base64Key = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64')
const limit = z.strictObject({ limit: z.int().positive(), windowMs: z.int().positive() })

const database = z.discriminatedUnion('engine', [
  z.strictObject({
    engine: z.literal('sqlite'),
    file: z.string(),
    synchronous: z.enum(['FULL', 'NORMAL']),
  }),
  z.strictObject({
    engine: z.enum(['mariadb', 'mysql']),
    host: z.string(),
    port: z.int().min(1).max(65535),
    user: z.string(),
    password: z.string(),
    database: z.string().regex(/^\w{1,64}$/),
    poolSize: z.int().min(2).max(200),
  }),
])

/** default.yaml describes the embedded engine; a file that chooses another is merged over it and leaves its keys. */
function withoutEmbeddedKeys(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || !('engine' in raw) || raw.engine === 'sqlite') return raw
  const { file: _file, synchronous: _synchronous, ...chosen } = raw as Record<string, unknown>
  return chosen
}

/**
 * The configuration that the core and the features read. Platform accounts are a section of their own, declared
 * beside the platforms. Units stand at the end of each name.
 */
export const coreConfigShape = {
  environment: z.enum(['demo', 'test', 'production']),
  http: z.strictObject({
    host: z.string(),
    port: z.int().min(0).max(65535),
    metricsPort: z.int().min(0).max(65535),
    /** The address residents and platforms use; every link and callback address is built from it alone. */
    publicUrl: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
    /** Further origins that serve the same pages (the sandbox's phones); nothing else may be redirected to. */
    allowedOrigins: z.array(z.string().regex(/^https?:\/\/[^/]+$/)).default([]),
    /** How many of our own proxies stand in front; 0 means X-Forwarded-For is not believed at all. */
    trustedProxyHops: z.int().min(0).max(5),
    bodyLimitBytes: z.int().positive(),
    callbackLimitBytes: z.int().positive(),
    headersTimeoutMs: z.int().positive(),
    requestTimeoutMs: z.int().positive(),
    handlerTimeoutMs: z.int().positive(),
    callbackConcurrencyMax: z.int().positive(),
    /** Reads that can wait are refused while turns of the event loop are later than this. */
    shedAtLoopMs: z.int().positive(),
    drainMs: z.int().min(0),
    stopTimeoutMs: z.int().positive(),
    /** Folder of the built H5 pages, relative to the project. */
    pagesDir: z.string(),
    /** Folder of the built staff console, served below /console. */
    consoleDir: z.string(),
  }),
  database: z.preprocess(withoutEmbeddedKeys, database),
  redis: z.strictObject({ url: z.string().startsWith('redis'), keyPrefix: z.string() }).nullable(),
  secrets: z.strictObject({
    /** Key id → key. Rows keep the id they were sealed under, so old keys stay until everything is re-sealed. */
    vaultKeys: z.record(z.string().regex(/^[a-z0-9]{1,8}$/), base64Key),
    activeVaultKey: z.string(),
    /** Makes blind indexes; changing it means rebuilding them. */
    indexKey: base64Key,
    /** Key id, 0 to 15 → the key that signs printed codes. A key stays as long as a code made with it hangs anywhere. */
    codeKeys: z.record(z.string().regex(/^(\d|1[0-5])$/), base64Key),
    activeCodeKey: z.string(),
  }),
  logging: z.strictObject({
    level: z.enum(['silent', 'error', 'warn', 'info', 'debug']),
    /** The operator's word on how long the place that collects standard output keeps it; nothing here deletes logs. */
    retentionDays: z.int(),
  }),
  limits: z.strictObject({
    read: limit,
    write: limit,
    order: limit,
    staff: limit,
    login: limit,
    loginPerIp: limit,
    perIp: limit,
    smsPerNumberPerDay: z.int().positive(),
    smsPerIpPerDay: z.int().positive(),
    smsGapSeconds: z.int().positive(),
    bindTriesPerDay: z.int().positive(),
    bindWrongPerHousehold: z.int().positive(),
    bindLockHours: z.int().positive(),
    householdsPerResident: z.int().positive(),
    openOrdersPerResident: z.int().positive(),
  }),
  sessions: z.strictObject({
    idleDays: z.int().positive(),
    absoluteDays: z.int().positive(),
    smsCodeMinutes: z.int().positive(),
    smsCodeTries: z.int().positive(),
    ticketSeconds: z.int().positive(),
    /** How long a PC's code may be scanned, and from then on how long the telephone has to confirm. */
    scanSeconds: z.int().min(30).max(600),
    /** After so many hours a PC that a telephone signed in is signed out. */
    pcHours: z.int().min(1).max(24),
  }),
  staff: z.strictObject({
    /** The rule for passwords: ASVS's (`default`) or that of 等保 level 3; they contradict each other (password-rule.ts). */
    profile: z.enum(['default', 'djbh3']),
    /** 等保 asks for an end after inactivity; more than 30 minutes would not pass. */
    idleMinutes: z.int().min(1).max(30),
    absoluteHours: z.int().min(1).max(24),
    /** So many wrong tries within `lockMinutes` shut an account for that long. */
    lockTries: z.int().min(3).max(10),
    lockTriesPerAddress: z.int().min(10),
    lockMinutes: z.int().min(1).max(1440),
    bindCodeMinutes: z.int().min(1).max(60),
    /** An account that nobody has used for so long is disabled. */
    unusedDays: z.int().positive(),
    /** Looks at unmasked data, per person and day in Shanghai. */
    unmaskPerDay: z.int().min(0),
    exportsPerDay: z.int().min(0),
    exportRowsMost: z.int().positive(),
    exportRowsWithoutApproval: z.int().min(0),
    /** From where the console may be used, as CIDR; none means from everywhere. */
    allowedAddresses: z.array(z.union([z.cidrv4(), z.cidrv6()])),
  }),
  jobs: z.strictObject({
    pollMs: z.int().positive(),
    concurrency: z.int().positive(),
    leaseMs: z.int().positive(),
    /** How long a stop waits for what runs. */
    stopWaitMs: z.int().positive(),
    keepDoneDays: z.int().positive(),
    /** A schedule's turn that takes longer is given up on and may be begun again. */
    turnLimitMs: z.int().positive(),
  }),
  appointments,
  payments: z.strictObject({
    orderExpiryMinutes: z.int().positive(),
    /** How long another resident's open order keeps a bill to itself. */
    holdMinutes: z.int().positive(),
    /** When to ask the platform about an order nobody told us about, seconds after it was made. */
    checkAfterSeconds: z.array(z.int().positive()).min(1),
    /** How long after an order is closed its late money is still looked for. */
    lateWatchHours: z.int().positive(),
  }),
  files: z.strictObject({
    /** Where the parts of a file wait until all are here; relative to the project. */
    uploadDir: z.string().min(1),
    imageMaxBytes: z.int().positive(),
    voiceMaxBytes: z.int().positive(),
    voiceMaxSeconds: z.int().positive(),
    videoMaxBytes: z.int().positive(),
    videoMaxSeconds: z.int().positive(),
    /** The longest part of an upload. */
    partBytes: z.int().min(1024).max(1_048_576),
    perResidentPerDay: z.int().positive(),
    perStaffPerDay: z.int().positive(),
    /** How long an address of a file is good. */
    linkSeconds: z.int().positive().max(300),
    /** An upload without a new part for this long is thrown away. */
    abandonedMinutes: z.int().positive(),
    /** A file that is attached to nothing is deleted after this long. */
    looseHours: z.int().positive(),
    /** What is attached to a request is deleted so long after it was closed (security.md C13). */
    keepClosedDays: z.int().min(1).max(3650),
    /** Types of requests whose files must be kept longer, by their ids in the catalogues. */
    keepLongerDays: z.record(z.string(), z.int().min(1).max(3650)),
    decoders: z.int().min(1).max(4),
    decodeTimeoutMs: z.int().positive(),
    decodeQueueMax: z.int().positive(),
  }),
  requests: z.strictObject({
    /** How many one resident may submit on one Shanghai day. */
    perDay: z.int().positive(),
    /** After so long without a word from the resident, what was resolved is closed. */
    autoCloseHours: z.int().positive(),
    /** When somebody who has not rated is reminded, once, after closing. */
    rateReminderHours: z.int().positive(),
    /** How long a follow-link still shows a request that is over. */
    linkDays: z.int().positive(),
  }),
  notices,
  messages,
  official,
  readings,
  knowledge,
  sockets,
  chat,
  gridManagers,
  calls,
  usage,
  codes,
  heating,
  invoices,
  papers,
  privacy,
  portal: z.strictObject({
    name: z.string(),
    operator: z.string(),
    hotline: z.string(),
    /** What a portal of several companies wears; one of a single company wears the company's where these are not set. */
    brandColour: brandColour.nullable().default(null),
    logo: logoPath.nullable().default(null),
    privacy: z.strictObject({
      version: z.string(),
      title: z.string(),
      paragraphs: z.array(z.string()).min(1),
    }),
  }),
  companies,
} as const

const coreConfig = z.strictObject(coreConfigShape)
export type CoreConfig = z.infer<typeof coreConfig>

/** Rules that span sections; production must not run on what the demo ships. */
export function refineConfig(config: CoreConfig, ctx: z.RefinementCtx): void {
  const fault = (path: (string | number)[], message: string): void => {
    ctx.addIssue({ code: 'custom', path, message })
  }
  if (!(config.secrets.activeVaultKey in config.secrets.vaultKeys)) {
    fault(['secrets', 'activeVaultKey'], 'names no key in vaultKeys')
  }
  if (!(config.secrets.activeCodeKey in config.secrets.codeKeys)) {
    fault(['secrets', 'activeCodeKey'], 'names no key in codeKeys')
  }
  if (config.http.drainMs + config.jobs.stopWaitMs >= config.http.stopTimeoutMs) {
    fault(
      ['jobs', 'stopWaitMs'],
      'with http.drainMs must be less than http.stopTimeoutMs, which ends the process',
    )
  }
  if (config.environment !== 'production') return
  if (!config.http.publicUrl.startsWith('https://'))
    fault(['http', 'publicUrl'], 'must be https in production')
  if (config.database.engine === 'sqlite' && config.database.synchronous !== 'FULL') {
    fault(['database', 'synchronous'], 'must be FULL in production: money survives a power cut')
  }
  if (config.database.engine !== 'sqlite') {
    const { password } = config.database
    const weakness = password.length < 12 ? 'is empty or too short' : weaknessOf(password)
    if (weakness !== null) fault(['database', 'password'], weakness)
  }
  if (config.logging.retentionDays < 180) {
    fault(
      ['logging', 'retentionDays'],
      'must be at least 180: the Cybersecurity Law asks for six months, and your log store has to keep them',
    )
  }
  for (const [company, { secret }] of Object.entries(config.calls.switches)) {
    const weakness = weaknessOf(secret)
    if (weakness !== null) fault(['calls', 'switches', company, 'secret'], weakness)
  }
  const { vaultKeys, codeKeys, indexKey } = config.secrets
  for (const key of [...Object.values(vaultKeys), ...Object.values(codeKeys), indexKey]) {
    if (new Set(Buffer.from(key, 'base64')).size < 16)
      fault(['secrets'], 'a key is not random (use: openssl rand -base64 32)')
  }
}
