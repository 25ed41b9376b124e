import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** The few numbers that someone on duty looks at; served on a port of their own. */
export interface Metrics {
  readonly registry: Registry
  readonly requestSeconds: Histogram<'route' | 'status'>
  readonly callbacks: Counter<'channel' | 'outcome'>
  readonly settlements: Counter<'channel' | 'source' | 'outcome'>
  readonly jobs: Counter<'job' | 'outcome'>
  readonly queueDepth: Gauge<'queue'>
  readonly queueOldestSeconds: Gauge<'queue'>
  readonly limitHits: Counter<'limit'>
  readonly loginFailures: Counter<'channel'>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'yihu_request_seconds',
      help: 'Time to answer, by route and status.',
      labelNames: ['route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
      registers,
    }),
    callbacks: new Counter({
      name: 'yihu_callbacks_total',
      help: 'Payment callbacks by outcome.',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    settlements: new Counter({
      name: 'yihu_settlements_total',
      help: 'Settlement attempts by who brought them.',
      labelNames: ['channel', 'source', 'outcome'],
      registers,
    }),
    jobs: new Counter({
      name: 'yihu_jobs_total',
      help: 'Job runs by outcome.',
      labelNames: ['job', 'outcome'],
      registers,
    }),
    queueDepth: new Gauge({
      name: 'yihu_queue_depth',
      help: 'Rows waiting, by queue.',
      labelNames: ['queue'],
      registers,
    }),
    queueOldestSeconds: new Gauge({
      name: 'yihu_queue_oldest_seconds',
      help: 'For how long the first row of a queue has been due.',
      labelNames: ['queue'],
      registers,
    }),
    limitHits: new Counter({
      name: 'yihu_limit_hits_total',
      help: 'Requests refused by a limit.',
      labelNames: ['limit'],
      registers,
    }),
    loginFailures: new Counter({
      name: 'yihu_login_failures_total',
      help: 'Logins that failed.',
      labelNames: ['channel'],
      registers,
    }),
  }
}
