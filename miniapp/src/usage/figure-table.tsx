import { View } from '@tarojs/components'

interface FigureTableProps {
  label: string
  head: readonly string[]
  rows: readonly (readonly string[])[]
  id: string
}

/** The same figures as rows and columns, for reading and for screen readers. */
export const FigureTable = ({ label, head, rows, id }: FigureTableProps) => (
  <View id={id} className="figures" role="table" aria-label={label}>
    <View className="figures-row t-3" role="row">
      {head.map((name) => (
        <View key={name} className="figures-cell figures-head" role="columnheader">
          {name}
        </View>
      ))}
    </View>
    {rows.map((cells) => (
      <View key={cells[0] ?? ''} className="figures-row" role="row">
        {cells.map((cell, index) => (
          <View key={head[index] ?? ''} className="figures-cell num" role="cell">
            {cell}
          </View>
        ))}
      </View>
    ))}
  </View>
)
