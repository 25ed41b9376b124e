import { Slider, View } from '@tarojs/components'
import { type ReactNode, useEffect, useState } from 'react'
import type { Tariff } from '../../api/types'
import { Card, Choices, Line, Row, Toggle } from '../../ui'
import { askedOf, type Calculator, emptyForm, type Form, isFaulty, sizesOf, sliderAt } from './asked'
import { Result } from './result'
import { said } from './words'

/** Whoever types on or drags on is not asked about each step. */
const pauseMs = 400
const MONTHS = [1, 2, 3, 6]

interface CalculatorProps {
  tariff: Tariff
  colour: string | undefined
}

/** A trial: a number, or the slider that is the same number, and what else the list wants to know. */
export function CalculatorCard({ tariff, colour }: CalculatorProps) {
  const { calculator, companyId } = tariff
  const [form, setForm] = useState<Form>(emptyForm)
  const asked = calculator === null ? null : askedOf(companyId, calculator, form)
  const question = asked === null ? '' : JSON.stringify(asked)
  const [settled, setSettled] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSettled(question), pauseMs)
    return () => clearTimeout(timer)
  }, [question])
  if (calculator === null)
    return (
      <Card>
        <View className="t-title">{said.reckon}</View>
        <View className="t-2">{said.cannot}</View>
      </Card>
    )
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }))
  return (
    <>
      <Card id="reckon">
        <View className="t-title">{said.reckon}</View>
        <Quantity tariff={tariff} calculator={calculator} form={form} colour={colour} change={change} />
        <Details unit={tariff.unit} calculator={calculator} form={form} change={change} />
        {question === '' ? <View className="t-3 tariff-ask">{said.hint}</View> : null}
      </Card>
      {settled !== '' && settled === question && asked !== null ? (
        <Result key={settled} asked={asked} />
      ) : null}
    </>
  )
}

interface PartProps {
  calculator: Calculator
  form: Form
  change(part: Partial<Form>): void
}

function Quantity({
  tariff,
  calculator,
  form,
  colour,
  change,
}: PartProps & { tariff: Tariff; colour: string | undefined }) {
  return (
    <>
      <Line
        id="reckon-quantity"
        label={said.quantity(tariff.unit)}
        value={form.quantity}
        placeholder={said.quantityHolder(tariff.unit)}
        maxLength={9}
        keys="digit"
        error={isFaulty(form.quantity) ? said.quantityFault : null}
        onInput={(quantity) => change({ quantity: quantity.trim() })}
      />
      {/* The line above says the same to whoever hears the page or has no pointer. */}
      <View className="tariff-slider" aria-hidden="true">
        <Slider
          id="reckon-slider"
          min={0}
          max={calculator.sliderMax}
          step={1}
          value={sliderAt(form.quantity, calculator.sliderMax)}
          blockSize={28}
          {...(colour === undefined ? {} : { activeColor: colour })}
          onChange={(event) => change({ quantity: String(event.detail.value) })}
        />
      </View>
    </>
  )
}

const Asked = ({ label, children }: { label: string; children: ReactNode }) => (
  <View className="tariff-ask">
    <View className="t-2">{label}</View>
    {children}
  </View>
)

function Details({ unit, calculator, form, change }: PartProps & { unit: string }) {
  const sizes = calculator.peopleAbove === null ? [] : sizesOf(calculator.peopleAbove)
  return (
    <>
      {calculator.every === 'year' ? (
        <Line
          id="reckon-before"
          label={said.usedBefore(unit)}
          value={form.usedBefore}
          placeholder="0"
          maxLength={9}
          keys="digit"
          error={isFaulty(form.usedBefore) ? said.quantityFault : null}
          onInput={(usedBefore) => change({ usedBefore: usedBefore.trim() })}
        />
      ) : null}
      {calculator.months ? (
        <Asked label={said.months}>
          <Choices
            options={MONTHS.map((count) => ({ value: String(count), label: said.month(count) }))}
            value={String(form.months)}
            onPick={(months) => change({ months: Number(months) })}
          />
        </Asked>
      ) : null}
      {sizes.length > 0 ? (
        <Asked label={said.people}>
          <Choices
            options={sizes.map((count, index) => ({
              value: String(count),
              label: index === 0 ? said.peopleFew(count) : said.peopleMany(count, index === sizes.length - 1),
            }))}
            value={String(form.people ?? sizes[0])}
            onPick={(people) => change({ people: Number(people) })}
          />
        </Asked>
      ) : null}
      {calculator.other ? (
        <Asked label={said.customer}>
          <Choices
            options={[
              { value: 'resident', label: said.resident },
              { value: 'other', label: said.other },
            ]}
            value={form.customer}
            onPick={(customer) => change({ customer })}
          />
        </Asked>
      ) : null}
      {calculator.stopped ? (
        <Row
          id="reckon-stopped"
          title={said.stopped}
          side={<Toggle on={form.stopped} />}
          on={form.stopped}
          arrow={false}
          onClick={() => change({ stopped: !form.stopped })}
        />
      ) : null}
    </>
  )
}
