import type { Ctx } from '../../platforms/context'

/** Who does something to a request, as its timeline keeps it. */
export interface Actor {
  readonly kind: 'resident' | 'staff' | 'system'
  readonly id: string | null
  /** As the timeline shows it; null for residents, who read “我”. */
  readonly name: string | null
  readonly roles: readonly string[]
}

/** The portal itself: sweeps, and what follows from something else. */
export const SYSTEM: Actor = { kind: 'system', id: null, name: null, roles: [] }

/** Whoever asks. A worker is also a resident, and works when this is asked, so staff come first. */
export function actorOf(ctx: Ctx): Actor {
  if (ctx.staff) return { kind: 'staff', id: ctx.staff.id, name: ctx.staff.name, roles: ctx.staff.roles }
  if (ctx.resident) return residentActor(ctx.resident.id)
  return SYSTEM
}

/** The resident, also when they come by a link and no session tells who they are. */
export function residentActor(id: string | null): Actor {
  return { kind: 'resident', id, name: null, roles: [] }
}
