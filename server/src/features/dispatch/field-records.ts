import { AppError } from '../../core/errors'
import { formatYuan } from '../../core/money'
import { addStep, touchRequest, typeOfRequest } from '../requests'
import type { Do } from './doing'

/** What a worker writes down, photographs and measures on site. */

export const photo: Do<'photo'> = async (tx, ctx, { request, by, at }, { fileId, role }) => {
  await addStep(tx, ctx, {
    request,
    kind: `photo:${role}`,
    title: role === 'before' ? '处理前的照片' : '处理后的照片',
    by,
    facts: { reportedAt: at },
    fileIds: [fileId],
    fileRole: role,
  })
}

export const reading: Do<'reading'> = async (tx, ctx, { request, by, at }, action) => {
  const { room, tenths, heightCm, windowsClosedSince, fileId } = action
  await addStep(tx, ctx, {
    request,
    kind: 'reading',
    title: `测温：${room} ${(tenths / 10).toFixed(1)}℃`,
    by,
    facts: {
      room,
      tenths,
      heightCm: heightCm ?? null,
      windowsClosedSince: windowsClosedSince ?? null,
      reportedAt: at,
    },
    ...(fileId === undefined ? {} : { fileIds: [fileId], fileRole: 'before' as const }),
  })
}

export const part: Do<'part'> = async (tx, ctx, { request, by, at }, { name, count, priceFen }) => {
  await addStep(tx, ctx, {
    request,
    kind: 'part',
    title: `用料：${name} ${count} 件，${formatYuan(priceFen)} 元/件`,
    by,
    facts: { name, count, priceFen, reportedAt: at },
  })
}

/** Who signed is a person's name, so it stands under a seal and not in the title. */
export const signature: Do<'signature'> = async (tx, ctx, { request, by, at }, { fileId, signer }) => {
  await addStep(tx, ctx, {
    request,
    kind: 'signature',
    title: '住户已签字',
    by,
    facts: { signerSealed: ctx.vault.seal(signer), reportedAt: at },
    fileIds: [fileId],
    fileRole: 'signature',
  })
}

/** Stands in the signature's place, so that the work can be ended; what it means is the local rule's to say. */
export const refusal: Do<'refusal'> = async (tx, ctx, { request, by, at }, { fileId, witness, words }) => {
  await addStep(tx, ctx, {
    request,
    kind: 'refusal',
    title: '住户没有签字，有见证人',
    words: words || null,
    by,
    facts: { witnessSealed: ctx.vault.seal(witness), reportedAt: at },
    fileIds: [fileId],
    fileRole: 'signature',
  })
}

export const voice: Do<'voice'> = async (tx, ctx, { request, by, at }, { fileId }) => {
  await addStep(tx, ctx, {
    request,
    kind: 'voice',
    title: '现场语音说明',
    internal: true,
    by,
    facts: { reportedAt: at },
    fileIds: [fileId],
    fileRole: 'voice',
  })
}

export const note: Do<'note'> = async (tx, ctx, { request, by, at }, { words }) => {
  await addStep(tx, ctx, {
    request,
    kind: 'note',
    title: '现场备注',
    words,
    internal: true,
    by,
    facts: { reportedAt: at },
  })
}

export const check: Do<'check'> = async (tx, ctx, { request }, { index, done }) => {
  const { checklist } = await typeOfRequest(ctx, request, tx)
  if (index >= checklist.length)
    throw new AppError('invalid_input', { message: '检查项已更新，请刷新后再勾选。' })
  const ticked = new Set(JSON.parse(request.checked) as number[])
  if (done) ticked.add(index)
  else ticked.delete(index)
  await touchRequest(tx, ctx, request, { checked: JSON.stringify([...ticked].sort((a, b) => a - b)) })
}
