import { type Pen, Strokes } from './strokes'

function pen() {
  const drawn: string[] = []
  const made: Pen = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 0,
    lineCap: '',
    lineJoin: '',
    fillRect: (...box) => drawn.push(`fill ${String(made.fillStyle)} ${box.join(',')}`),
    beginPath: () => drawn.push('begin'),
    moveTo: (x, y) => drawn.push(`from ${x},${y}`),
    lineTo: (x, y) => drawn.push(`to ${x},${y}`),
    stroke: () => drawn.push(`stroke ${String(made.strokeStyle)}`),
  }
  return { made, drawn }
}

test('a signature is dark strokes on a white ground, so that it can be read in any mode', () => {
  const { made, drawn } = pen()
  const strokes = new Strokes(made, 300, 100)
  expect(drawn).toEqual(['fill #ffffff 0,0,300,100'])
  strokes.down({ x: 10, y: 10 })
  strokes.move({ x: 20, y: 15 })
  expect(drawn.slice(-4)).toEqual(['begin', 'from 10.1,10', 'to 20,15', 'stroke #15181d'])
})

test('nothing is drawn between two strokes, and a single touch leaves a dot', () => {
  const { made, drawn } = pen()
  const strokes = new Strokes(made, 300, 100)
  strokes.down({ x: 1, y: 1 })
  expect(drawn.filter((line) => line.startsWith('stroke'))).toHaveLength(1)
  strokes.up()
  strokes.move({ x: 50, y: 50 })
  expect(drawn.filter((line) => line.startsWith('stroke'))).toHaveLength(1)
})

test('writing again begins on a clean ground', () => {
  const { made, drawn } = pen()
  const strokes = new Strokes(made, 300, 100)
  strokes.down({ x: 1, y: 1 })
  strokes.clear()
  strokes.move({ x: 2, y: 2 })
  expect(drawn.at(-1)).toBe('fill #ffffff 0,0,300,100')
})
