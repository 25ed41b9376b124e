import { defineWords } from '../../words/words'

export const teamWords = defineWords(
  {
    title: '班组',
    new: '新建班组',
    name: '班组名称',
    lead: '班组长',
    leadHint: '没有人接的单会转给班组长',
    noLead: '还没有班组长',
    areas: '负责区域',
    allAreas: '全部区域',
    areaCount: (count: number) => (count === 0 ? '全部区域' : `${count} 个区域`),
    members: '人数',
    empty: '还没有班组。建好班组并放进外勤人员，才能派单。',
    saved: '已保存',
  },
  {
    title: 'Teams',
    new: 'New team',
    name: 'Name',
    lead: 'Lead',
    leadHint: 'Orders that nobody takes go to the lead',
    noLead: 'No lead yet',
    areas: 'Areas',
    allAreas: 'All areas',
    areaCount: (count: number) => (count === 0 ? 'All areas' : `${count} areas`),
    members: 'People',
    empty: 'No teams yet. Make one and put workers into it before orders can be given.',
    saved: 'Saved',
  },
)
