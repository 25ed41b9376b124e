import type { Feature as CoreFeature, RawRoute as CoreRawRoute } from '../core/feature'
import { implementFor } from '../core/http/implement'
import type { SocketRoute as CoreSocketRoute } from '../core/http/sockets'
import {
  type AnyJob,
  defineJob as defineCoreJob,
  type JobDefinition,
  type Pump as CorePump,
  type Schedule as CoreSchedule,
} from '../core/jobs/define'
import type { Ctx } from './context'

/** The core's building blocks, bound to the context that acts receive. */
export type Feature = CoreFeature<Ctx>
export type RawRoute = CoreRawRoute<Ctx>
export type SocketRoute = CoreSocketRoute<Ctx>
export type Schedule = CoreSchedule<Ctx>
export type Pump = CorePump<Ctx>
export const implement = implementFor<Ctx>()

export function defineJob<P>(definition: JobDefinition<Ctx, P>): JobDefinition<Ctx, P> & AnyJob<Ctx> {
  return defineCoreJob(definition)
}

export function defineSchedule(schedule: Schedule): Schedule {
  return schedule
}
