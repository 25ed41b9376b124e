import { Button, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Offer } from '../../api/types'
import { useMay } from '../../kit/me-context'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useOffers } from './api/list-offers'
import { OfferCountdown } from './offer-countdown'
import { dispatchWords } from './words'

const laterMs = 60_000

/**
 * Orders that nobody took come to the team lead and stand over every page until something is done about them. They
 * can be put off for a minute, never dismissed: an order is not refused in silence.
 */
export function OfferPopup() {
  const words = useWords(dispatchWords)
  const may = useMay()
  const go = useNavigate()
  const offers = useOffers(may('dispatch.offers') && may('dispatch.assign'))
  const [quiet, setQuiet] = useState(false)
  useEffect(() => {
    if (!quiet) return
    const timer = setTimeout(() => setQuiet(false), laterMs)
    return () => clearTimeout(timer)
  }, [quiet])
  const mine = (offers.data?.offers ?? []).filter(({ asLead }) => asLead)
  const open = mine.length > 0 && !quiet
  const put = (): void => setQuiet(true)
  return (
    <Modal
      open={open}
      title={words.offerTitle(mine.length)}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={<Button onClick={put}>{words.later}</Button>}
    >
      <ul className="lines">
        {mine.map((offer) => (
          <OfferRow
            key={offer.requestId}
            offer={offer}
            onReassign={() => {
              put()
              void go(`/requests/${offer.requestId}?do=dispatch`)
            }}
          />
        ))}
      </ul>
    </Modal>
  )
}

function OfferRow({ offer, onReassign }: { readonly offer: Offer; readonly onReassign: () => void }) {
  const words = useWords(dispatchWords)
  const kit = useWords(kitWords)
  return (
    <li>
      <div className="grow">
        <b>{offer.typeName}</b> <span className="num quiet">{offer.number}</span>
        <br />
        <span className="quiet">
          {offer.areaName ?? kit.unknown} ·{' '}
          {offer.workerName === null ? words.offerPool : words.offerOne(offer.workerName)}
        </span>
      </div>
      <OfferCountdown answerBy={offer.answerBy} />
      <Button type="primary" size="small" onClick={onReassign}>
        {words.reassign}
      </Button>
    </li>
  )
}
