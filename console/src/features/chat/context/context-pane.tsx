import { SendOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Output } from '../../../api/types'
import { channelName } from '../../../kit/channels'
import { Facts } from '../../../kit/facts'
import { dayOf } from '../../../kit/format'
import { HouseholdBills, HouseholdOutages } from '../../../kit/household-parts'
import { useMay } from '../../../kit/me-context'
import { StateTag } from '../../../kit/tags'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import type { CardRef } from '../composer/use-sending'
import { UsageCurve } from './usage-curve'
import { contextWords } from './words'

export type ChatContext = Output<'chatDesk.context'>
export type Household = ChatContext['households'][number]

interface ContextPaneProps {
  readonly context: ChatContext
  /** Said where nobody is known. */
  readonly nobody: string
  /** Puts something into the chat; null where there is none, or it is not mine. */
  readonly onCard: ((card: CardRef) => void) | null
  readonly onAbout: ((householdId: string) => void) | null
  readonly notes?: React.ReactNode
  /** The conversation that is open, which is none of the earlier ones. */
  readonly current?: string
}

/** What an agent asks first: who it is, what is owed, what is out, what was before. */
export function ContextPane(props: ContextPaneProps) {
  const words = useWords(contextWords)
  const { context, onAbout } = props
  const [chosen, setChosen] = useState<string | null>(null)
  const household = context.households.find(({ id }) => id === chosen) ?? context.households[0]
  const many = context.households.length > 1
  return (
    <aside className="request-side chat-side" aria-label={words.title}>
      <Risks risks={context.risks} />
      {household === undefined ? null : (
        <HouseholdOutages
          household={household}
          renderBeside={({ noticeId, title }) => (
            <SendCard name={title} card={{ type: 'notice', id: noticeId }} onCard={props.onCard} />
          )}
        />
      )}
      <Resident context={context} nobody={props.nobody} />
      {many ? (
        <section>
          <h2>{words.households}</h2>
          <Select
            className="wide-choice"
            aria-label={words.households}
            value={household?.id ?? null}
            options={context.households.map(({ id, addressMasked, accountNoMasked }) => ({
              value: id,
              label: `${accountNoMasked} ${addressMasked}`,
            }))}
            onChange={setChosen}
          />
          {household === context.households[0] || household === undefined || onAbout === null ? null : (
            <Button size="small" onClick={() => onAbout(household.id)}>
              {words.about}
            </Button>
          )}
        </section>
      ) : null}
      {household === undefined ? (
        <p className="quiet">{words.noHousehold}</p>
      ) : (
        <HouseholdParts household={household} onCard={props.onCard} />
      )}
      {props.notes}
      <Chats chats={context.chats.filter(({ id }) => id !== props.current)} />
    </aside>
  )
}

function Risks({ risks }: Pick<ChatContext, 'risks'>) {
  const words = useWords(contextWords)
  if (risks.length === 0) return null
  return (
    <div className="risks" role="note" aria-label={words.risks}>
      {risks.map((risk) => (
        <span key={risk} className="chip chip-bad">
          {risk}
        </span>
      ))}
    </div>
  )
}

type CardDoor = ((card: CardRef) => void) | null

function SendCard({
  name,
  card,
  onCard,
}: {
  readonly name: string
  readonly card: CardRef
  readonly onCard: CardDoor
}) {
  const words = useWords(contextWords)
  if (onCard === null) return null
  return (
    <Button
      type="text"
      size="small"
      icon={<SendOutlined aria-hidden />}
      title={words.sendCard}
      aria-label={words.sendCardOf(name)}
      onClick={() => onCard(card)}
    />
  )
}

interface PartProps {
  readonly household: Household
  readonly onCard: CardDoor
}

function Resident({
  context: { resident },
  nobody,
}: {
  readonly context: ChatContext
  readonly nobody: string
}) {
  const words = useWords(contextWords)
  const kit = useWords(kitWords)
  return (
    <section>
      <h2>{words.resident}</h2>
      {resident === null ? (
        <p className="quiet">{nobody}</p>
      ) : (
        <Facts
          rows={[
            [words.name, resident.nameMasked],
            [
              words.phone,
              <span key="phone" className="num">
                {resident.phoneMasked ?? kit.unknown}
              </span>,
            ],
            [
              words.since,
              <span key="since" className="num">
                {dayOf(resident.since)}
              </span>,
            ],
            [words.channels, resident.channels.map((one) => channelName(one, kit)).join('、')],
            ...(resident.elder ? [[words.elder, <b key="elder">{words.yes}</b>] as const] : []),
          ]}
        />
      )}
    </section>
  )
}

function HouseholdParts({ household, onCard }: PartProps) {
  const words = useWords(contextWords)
  const marks = household.marks.map((mark) => words.markOf[mark]).join('、')
  return (
    <>
      <section>
        <h2>{words.household}</h2>
        <Facts
          rows={[
            [
              words.account,
              <span key="account" className="num">
                {household.accountNoMasked}
              </span>,
            ],
            [words.name, household.ownerNameMasked],
            [words.address, household.addressMasked],
            [words.areas, household.areaNames.join(' · ')],
            ...(marks === ''
              ? []
              : [
                  [
                    words.callFirst,
                    <b key="marks" className="tone-warn">
                      {marks}
                    </b>,
                  ] as const,
                ]),
          ]}
        />
      </section>
      <HouseholdBills
        household={household}
        renderBeside={({ billId, title }) => (
          <SendCard name={title} card={{ type: 'bill', id: billId }} onCard={onCard} />
        )}
      />
      <UsageCurve rows={household.usage} />
      <History household={household} onCard={onCard} />
      {household.gridManager === null ? null : (
        <section>
          <h2>{words.grid}</h2>
          <div className="grid-manager">
            <ManagerFace key={household.id} {...household.gridManager} />
            <span className="grow">
              {household.gridManager.name} <span className="num">{household.gridManager.phone}</span>
            </span>
            <SendCard
              name={household.gridManager.name}
              card={{ type: 'grid-manager', id: household.id }}
              onCard={onCard}
            />
          </div>
        </section>
      )}
    </>
  )
}

/** A photo that is not there any more leaves the name's last letter. */
function ManagerFace({ name, photoUrl }: { readonly name: string; readonly photoUrl: string | null }) {
  const [broken, setBroken] = useState(false)
  return photoUrl === null || broken ? (
    <span className="face" aria-hidden>
      {[...name].at(-1)}
    </span>
  ) : (
    <img src={photoUrl} alt="" onError={() => setBroken(true)} />
  )
}

function History({ household, onCard }: PartProps) {
  const words = useWords(contextWords)
  return (
    <section>
      <h2>{words.requests}</h2>
      {household.history.length === 0 ? <p className="quiet">{words.noRequests}</p> : null}
      <ul className="lines">
        {household.history.slice(0, 5).map((one) => (
          <li key={one.id}>
            <StateTag state={one.state} />
            <Link to={`/requests/${one.id}`} className="grow ellipsis">
              <span className="num">{dayOf(one.createdAt).slice(5)}</span> {one.typeName}
            </Link>
            {one.stars === null ? null : <span className="quiet">{words.stars(one.stars)}</span>}
            <SendCard name={one.number} card={{ type: 'request', id: one.id }} onCard={onCard} />
          </li>
        ))}
      </ul>
      {household.sameIn30Days > 1 ? (
        <p className="tone-warn small">{words.same30(household.sameIn30Days)}</p>
      ) : null}
    </section>
  )
}

function Chats({ chats }: Pick<ChatContext, 'chats'>) {
  const words = useWords(contextWords)
  const may = useMay()
  return (
    <section>
      <h2>{words.chats}</h2>
      {chats.length === 0 ? <p className="quiet">{words.noChats}</p> : null}
      <ul className="lines">
        {chats.slice(0, 5).map(({ id, at, topic, agentName, stars, lastWords }) => (
          <li key={id}>
            <span className="num quiet">{dayOf(at).slice(5)}</span>
            {may('chatDesk.get') ? (
              <Link to={`/chat/${id}?tab=all`} className="grow ellipsis">
                {topic ?? lastWords}
              </Link>
            ) : (
              <span className="grow ellipsis">{topic ?? lastWords}</span>
            )}
            <span className="quiet">
              {agentName} {stars === null ? '' : words.stars(stars)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
