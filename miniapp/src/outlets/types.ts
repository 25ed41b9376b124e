import type { Output } from '../api/types'

export type Outlet = Output<'outlets.list'>['outlets'][number]
export type OutletPage = Output<'outlets.get'>
export type Ticket = Output<'outlets.getTicket'>['ticket']
export type AccessFact = keyof Outlet['access']
