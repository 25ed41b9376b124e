import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import {
  answeredAt,
  company,
  deskNotice,
  deskRow,
  draftInput,
  history,
  mapView,
  preview,
  progress,
  publicNotice,
  reliability,
  words,
} from './views-schema'

export * from './views-schema'

const change = { noticeId: shape.id, revision: z.int() }
const leadReason = z.string().trim().min(4).max(200).optional()
const changed = z.object({ notice: deskRow })
const staffRead = { method: 'GET', auth: 'staff' } as const
const staffWrite = { method: 'POST', auth: 'staff' } as const

export const noticesOperations = {
  'notices.list': {
    method: 'GET',
    auth: 'public',
    summary: 'What is announced now, newest first; the last good copy when the database is away.',
    input: z.strictObject({ companyId: shape.companyId.optional(), cursor: shape.cursor.optional() }),
    output: z.object({
      items: z.array(publicNotice),
      nextCursor: shape.cursor.nullable(),
      ...answeredAt,
    }),
  },
  'notices.search': {
    method: 'GET',
    auth: 'public',
    summary:
      'Notices for an address that somebody types: places whose name has these words, and what covers them.',
    input: z.strictObject({ q: z.string().trim().min(2).max(40) }),
    output: z.object({
      places: z.array(
        z.object({
          areaId: shape.id,
          fullName: z.string(),
          company: z.object(company),
          notices: z.array(publicNotice),
        }),
      ),
      ...answeredAt,
    }),
  },
  'notices.get': {
    method: 'GET',
    auth: 'public',
    summary: 'One notice, its history and a drawing of where it is.',
    input: z.strictObject({ noticeId: shape.id }),
    output: z.object({
      notice: publicNotice,
      history: z.array(history),
      map: mapView,
      ...answeredAt,
    }),
  },
  'notices.mine': {
    method: 'GET',
    auth: 'resident',
    summary:
      'What covers my households, also what ended in the last seven days; what I subscribed to; open questions.',
    input: shape.nothing,
    output: z.object({
      items: z.array(publicNotice),
      /** 恢复了吗: restored notices of my households that I have not answered. */
      questions: z.array(
        z.object({ noticeId: shape.id, householdId: shape.id, shortAddress: z.string(), title: z.string() }),
      ),
      ...answeredAt,
    }),
  },
  'notices.subscribe': {
    method: 'POST',
    auth: 'resident',
    summary: '通知我: tells me each change of this notice and its end.',
    input: shape.act.extend({ noticeId: shape.id, householdId: shape.id.optional() }),
    output: shape.done,
  },
  'notices.unsubscribe': {
    method: 'POST',
    auth: 'resident',
    summary: 'Takes the subscription back.',
    input: shape.act.extend({ noticeId: shape.id }),
    output: shape.done,
  },

  'notices.deskList': {
    ...staffRead,
    summary: 'Notices of my companies and areas; `open` is everything that is not over.',
    input: z.strictObject({
      companyId: shape.companyId.optional(),
      tab: z.enum(['open', 'waiting', 'over', 'all']).default('open'),
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({ items: z.array(deskRow), nextCursor: shape.cursor.nullable() }),
  },
  'notices.deskGet': {
    ...staffRead,
    summary: 'One notice with its versions and what may be done with it.',
    input: z.strictObject({ noticeId: shape.id }),
    output: deskNotice,
  },
  'notices.saveDraft': {
    ...staffWrite,
    audits: ['noticeId', 'companyId', 'kind'],
    // Twenty thousand account numbers.
    bodyLimitBytes: 524_288,
    summary: 'Makes a draft, or changes one that nobody was told of yet.',
    input: shape.act.extend({
      noticeId: shape.id.optional(),
      revision: z.int().optional(),
      suggestionId: shape.id.optional(),
      ...draftInput.shape,
    }),
    output: changed,
  },
  'notices.discard': {
    ...staffWrite,
    audits: ['noticeId'],
    summary: 'Throws a draft away that nobody was told of.',
    input: shape.act.extend(change),
    output: shape.done,
  },
  'notices.preview': {
    ...staffWrite,
    audits: ['noticeId'],
    summary: 'Counts whom this revision reaches; ask again while `counting`.',
    input: shape.act.extend(change),
    output: z.object({ preview }),
  },
  'notices.readPreview': {
    ...staffRead,
    summary: 'The count that was asked for.',
    input: z.strictObject({ noticeId: shape.id, revision: z.coerce.number().int() }),
    output: z.object({ preview }),
  },
  'notices.areasInShape': {
    ...staffRead,
    summary: 'Areas whose place lies inside a drawn shape; points are latitude,longitude in degrees × 10⁶.',
    input: z.strictObject({
      companyId: shape.companyId,
      /** Such as 39034500,121771000;39052000,121798500;… with 3 to 60 points. */
      points: z.string().max(1500),
    }),
    output: z.object({
      areas: z.array(z.object({ id: shape.id, fullName: z.string(), latE6: z.int(), lngE6: z.int() })),
    }),
  },
  'notices.areas': {
    ...staffRead,
    summary:
      'Knots of the place tree or the supply tree in my scope, with how many households each feeds; at most 200.',
    input: z.strictObject({
      companyId: shape.companyId,
      tree: z.enum(['place', 'supply']),
      parentId: shape.id.optional(),
      q: z.string().trim().min(1).max(40).optional(),
    }),
    output: z.object({
      areas: z.array(
        z.object({
          id: shape.id,
          name: z.string(),
          kind: z.string(),
          fullName: z.string(),
          children: z.boolean(),
        }),
      ),
    }),
  },
  'notices.baseMap': {
    ...staffRead,
    summary: 'The base map of one company, to draw an area on; nobody and no request is on it.',
    input: z.strictObject({ companyId: shape.companyId }),
    output: z.object({ shapes: mapView.shape.shapes }),
  },
  'notices.testSend': {
    ...staffWrite,
    audits: ['noticeId'],
    summary:
      'Sends this draft to people at work who have bound a wallet, marked as a test; to me when none are named.',
    input: shape.act.extend({ ...change, staffIds: z.array(shape.id).max(10).default([]) }),
    output: z.object({ sentTo: z.array(z.string()), withoutWallet: z.array(z.string()) }),
  },
  'notices.submit': {
    ...staffWrite,
    audits: ['noticeId', 'leadReason', 'publishAt'],
    summary:
      'Publishes the draft now or at a time, or hands it to a second person. A broken lead-time rule needs a reason.',
    input: shape.act.extend({
      ...change,
      /** The preview that the publisher saw, so that nobody publishes what they have not counted. */
      expectedResidents: z.int(),
      leadReason,
      publishAt: shape.instant.optional(),
    }),
    output: changed,
  },
  'notices.approve': {
    ...staffWrite,
    audits: ['noticeId'],
    summary: 'The second person agrees; never the one who made it.',
    input: shape.act.extend(change),
    output: changed,
  },
  'notices.refuse': {
    ...staffWrite,
    audits: ['noticeId', 'words'],
    summary: 'The second person sends it back with words.',
    input: shape.act.extend({ ...change, words: words(2, 200) }),
    output: changed,
  },
  'notices.stop': {
    ...staffWrite,
    audits: ['noticeId', 'reason'],
    summary: 'Stops the newest version: nothing is sent from two seconds after this on.',
    input: shape.act.extend({ ...change, reason: words(2, 200) }),
    output: changed.extend({ alreadyTold: z.int() }),
  },
  'notices.correct': {
    ...staffWrite,
    audits: ['noticeId', 'reason'],
    summary: 'Says to those who were told already that it was wrong, and what is right.',
    input: shape.act.extend({
      ...change,
      title: words(4, 40),
      words: words(4, 600),
      reason: words(2, 200),
    }),
    output: changed,
  },
  'notices.extend': {
    ...staffWrite,
    audits: ['noticeId', 'reason'],
    summary: 'Takes longer than was said: everybody who was told hears the new end.',
    input: shape.act.extend({ ...change, endsAt: shape.instant, reason: words(2, 60) }),
    output: changed,
  },
  'notices.restore': {
    ...staffWrite,
    audits: ['noticeId'],
    summary:
      'Supply is back: tells everybody, closes the requests that were merged into it, and asks 恢复了吗.',
    input: shape.act.extend({
      ...change,
      restoredAt: shape.instant.optional(),
      words: words(0, 200).default(''),
    }),
    output: changed,
  },
  'notices.cancel': {
    ...staffWrite,
    audits: ['noticeId', 'reason'],
    summary: 'It will not take place: tells everybody who was told.',
    input: shape.act.extend({ ...change, reason: words(2, 200) }),
    output: changed,
  },
  'notices.progress': {
    ...staffRead,
    summary: 'How far the newest version has been carried, by state and by channel.',
    input: z.strictObject({ noticeId: shape.id }),
    output: z.object({ progress: progress.nullable() }),
  },
  'notices.reliability': {
    ...staffRead,
    summary:
      'How long a company’s households were without supply in a month (by the day it came back), outage by outage, and on average over all its households.',
    input: z.strictObject({
      companyId: shape.companyId,
      month: z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/),
    }),
    output: reliability,
  },
  'notices.calls': {
    ...staffRead,
    summary: 'Important, sensitive and complaining customers of this notice, to be called.',
    input: z.strictObject({ noticeId: shape.id, cursor: shape.cursor.optional(), limit: shape.pageLimit }),
    output: z.object({
      items: z.array(
        z.object({
          householdId: shape.id,
          /** 重要, 敏感 or 历史投诉. */
          mark: z.string(),
          nameMasked: z.string(),
          phoneMasked: z.string().nullable(),
          address: z.string(),
          state: z.enum(['open', 'called', 'unreached']),
          note: z.string(),
          byName: z.string().nullable(),
          at: shape.instant.nullable(),
        }),
      ),
      nextCursor: shape.cursor.nullable(),
      open: z.int(),
      total: z.int(),
    }),
  },
  'notices.tickCall': {
    ...staffWrite,
    audits: ['noticeId', 'householdId', 'state'],
    summary: 'This customer was called, or could not be reached.',
    input: shape.act.extend({
      noticeId: shape.id,
      householdId: shape.id,
      state: z.enum(['open', 'called', 'unreached']),
      note: words(0, 200).default(''),
    }),
    output: shape.done,
  },
  'notices.suggestions': {
    ...staffRead,
    summary: 'Places where several requests without supply came within half an hour.',
    input: z.strictObject({ companyId: shape.companyId.optional() }),
    output: z.object({
      items: z.array(
        z.object({
          id: shape.id,
          companyId: shape.companyId,
          areaId: shape.id,
          areaName: z.string(),
          requests: z.int(),
          firstAt: shape.instant,
          lastAt: shape.instant,
          /** An emergency notice, filled in. */
          draft: draftInput,
        }),
      ),
    }),
  },
  'notices.dismissSuggestion': {
    ...staffWrite,
    audits: ['suggestionId', 'reason'],
    summary: 'No outage: the suggestion goes.',
    input: shape.act.extend({ suggestionId: shape.id, reason: words(2, 200) }),
    output: shape.done,
  },
} as const satisfies Operations
