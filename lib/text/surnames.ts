import { maskName } from '#lib/domain/masking.ts'

/** Two-character surnames, in simplified and traditional form; doubtful ones are left out, so that less is shown. */
const compoundSurnames = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 ' +
    '钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 ' +
    '呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 左丘 西门 第五 公乘 贯丘 公皙 南荣 东里 仲长 子桑 即墨 达奚 褚师 纳兰 完颜 叶赫 ' +
    '那拉 富察 范姜 歐陽 司馬 東方 獨孤 南宮 聞人 諸葛 尉遲 赫連 澹臺 濮陽 公孫 仲孫 鍾離 長孫 鮮于 閭丘 顓孫 壤駟 樂正 穀梁 夾谷 軒轅 ' +
    '東郭 南門 西門 納蘭 完顏 葉赫'
  ).split(' '),
)

/** True where the two characters together are a surname, as in 欧阳. */
const isCompoundSurname = (firstTwo: string): boolean => compoundSurnames.has(firstTwo)

/** The name as headers and lists show it: 张*, 欧阳** (ACC-6). */
export const maskedName = (name: string): string => maskName(name, isCompoundSurname)
