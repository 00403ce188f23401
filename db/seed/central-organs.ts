/**
 * Organs offered under the three central units (DEP-1); operators extend them.
 * Constituent departments of the State Council without 国防部, which the military unit serves.
 */
export type CentralUnit = {
  readonly id: string
  readonly name: string
  readonly organs: readonly (readonly [id: string, name: string])[]
}

export const centralUnits: readonly CentralUnit[] = [
  {
    id: 'central-ggj',
    name: '中央国家机关（国管局）',
    organs: [
      ['mfa', '外交部'],
      ['ndrc', '国家发展和改革委员会'],
      ['moe', '教育部'],
      ['most', '科学技术部'],
      ['miit', '工业和信息化部'],
      ['neac', '国家民族事务委员会'],
      ['mps', '公安部'],
      ['mss', '国家安全部'],
      ['mca', '民政部'],
      ['moj', '司法部'],
      ['mof', '财政部'],
      ['mohrss', '人力资源和社会保障部'],
      ['mnr', '自然资源部'],
      ['mee', '生态环境部'],
      ['mohurd', '住房和城乡建设部'],
      ['mot', '交通运输部'],
      ['mwr', '水利部'],
      ['mara', '农业农村部'],
      ['mofcom', '商务部'],
      ['mct', '文化和旅游部'],
      ['nhc', '国家卫生健康委员会'],
      ['mva', '退役军人事务部'],
      ['mem', '应急管理部'],
      ['pboc', '中国人民银行'],
      ['audit', '审计署'],
    ],
  },
  {
    id: 'central-zzj',
    name: '中直机关（中直管理局）',
    organs: [
      ['zbt', '中央办公厅'],
      ['zzb', '中央组织部'],
      ['xcb', '中央宣传部'],
      ['tzb', '中央统一战线工作部'],
      ['zlb', '中央对外联络部'],
      ['sgb', '中央社会工作部'],
      ['zfw', '中央政法委员会'],
      ['dx', '中央党校（国家行政学院）'],
      ['rmrb', '人民日报社'],
      ['qs', '求是杂志社'],
    ],
  },
  { id: 'central-jwhq', name: '军队（军委后勤保障部）', organs: [] },
]
