/**
 * China's maps shift every point by a known amount (GCJ-02). The server keeps true degrees (WGS 84), so what a
 * wallet's map gives is shifted back. Points outside China are not shifted.
 */

const axis = 6378245
const flattening = 0.006693421622965943

const inChina = (lat: number, lng: number): boolean =>
  lng > 72.004 && lng < 137.8347 && lat > 0.8293 && lat < 55.8271

const wave = (value: number, period: number): number => Math.sin((value / period) * Math.PI)

/** Three waves that both directions share, of the distance from 105° east, 35° north. */
const common = (x: number): number => ((20 * wave(x, 1 / 6) + 20 * wave(x, 1 / 2)) * 2) / 3

function shiftNorth(x: number, y: number): number {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x))
  const waves = (20 * wave(y, 1) + 40 * wave(y, 3) + 160 * wave(y, 12) + 320 * wave(y, 30)) * (2 / 3)
  return base + common(x) + waves
}

function shiftEast(x: number, y: number): number {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x))
  const waves = (20 * wave(x, 1) + 40 * wave(x, 3) + 150 * wave(x, 12) + 300 * wave(x, 30)) * (2 / 3)
  return base + common(x) + waves
}

export interface Degrees {
  lat: number
  lng: number
}

/** WGS 84 → GCJ-02. */
export function toMap({ lat, lng }: Degrees): Degrees {
  if (!inChina(lat, lng)) return { lat, lng }
  const [x, y] = [lng - 105, lat - 35]
  const radians = (lat / 180) * Math.PI
  const magic = 1 - flattening * Math.sin(radians) ** 2
  const root = Math.sqrt(magic)
  return {
    lat: lat + (shiftNorth(x, y) * 180) / (((axis * (1 - flattening)) / (magic * root)) * Math.PI),
    lng: lng + (shiftEast(x, y) * 180) / ((axis / root) * Math.cos(radians) * Math.PI),
  }
}

/** GCJ-02 → WGS 84, to less than a metre: the shift changes slowly, so a few rounds find where it began. */
export function fromMap(shown: Degrees): Degrees {
  let guess = shown
  for (let round = 0; round < 4; round++) {
    const back = toMap(guess)
    guess = { lat: guess.lat + shown.lat - back.lat, lng: guess.lng + shown.lng - back.lng }
  }
  return guess
}

export const e6 = (degrees: number): number => Math.round(degrees * 1_000_000)
