/** How people write and name the parts of characters, for the search of the 生僻字 picker. */

/** Forms of one part, each group searched as one: a radical beside and alone, simplified and traditional. */
export const partForms: readonly string[] = (
  '王𤣩 月⺼⺝ 水氵氺 手扌 人亻𠆢 心忄⺗ 犬犭 金钅釒 言讠訁 食饣飠𩙿 糸纟糹 示礻 衣衤 刀刂⺈ 攴攵 艸艹 竹𥫗 足𧾷 牛牜 火灬 爪爫 羊𦍌⺶ ' +
  '西覀 长長镸 户戶 爿丬 青靑 黄黃 卜⺊ 网罒 辵辶 阜阝 车車 马馬 鱼魚 鸟鳥 门門 页頁 贝貝 见見 风風 韦韋 麦麥 齿齒 卤鹵 黾黽 ' +
  '龙龍 龟龜 飞飛 齐齊 东東 乐樂 来來 会會 云雲 尔爾 义義 华華 国國 学學 宝寶 灵靈 兴興 万萬 与與 单單 佥僉 仑侖 圣聖'
).split(' ')

/** Names of radicals that are not the character itself with 字旁 or the like. */
export const partNames: Readonly<Record<string, string>> = {
  三点水: '氵',
  两点水: '冫',
  四点底: '灬',
  单人旁: '亻',
  单立人: '亻',
  双人旁: '彳',
  双立人: '彳',
  竖心旁: '忄',
  提手旁: '扌',
  反犬旁: '犭',
  草字头: '艹',
  宝盖头: '宀',
  秃宝盖: '冖',
  走之底: '辶',
  走之旁: '辶',
  绞丝旁: '纟',
  言字旁: '讠',
  左耳旁: '阝',
  右耳旁: '阝',
  双耳旁: '阝',
  立刀旁: '刂',
  反文旁: '攵',
  病字头: '疒',
  示补旁: '礻',
  衣补旁: '衤',
  四字头: '罒',
  虎字头: '虍',
  提土旁: '土',
  斜玉旁: '王',
}

/** 金字旁, 雨字头: what follows the part in the name of a radical. */
export const partSuffix = /(?<=\p{Unified_Ideograph})字[旁头底边]/gu
/** 9画, 九 is a part. */
export const strokesWord = /(\d{1,2})\s*[画劃划]/g
