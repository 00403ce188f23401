import { portraitRuleOf, proofRuleOf, sizeWords } from '../picture-rules.ts'
import { go, type HelpTopic, list, say } from './define.ts'

export const pictures: HelpTopic = {
  id: 'pictures',
  title: '照片与附件',
  lead: '证件照、身份证明和证明材料的要求。',
  questions: [
    {
      id: 'portrait-rules',
      question: '证件照有什么要求？要多大？',
      keywords: ['照片', '相片', '头像', '寸照', '像素', '尺寸', '大小', '背景', '眼镜', '刘海', '底色'],
      answer: ({ portrait }) => [
        say(`${portraitRuleOf(portrait)}。`),
        say(
          '要近期、清晰、完整的标准证件照；模糊、刘海遮眉、非正面、戴眼镜、戴帽子的照片不能使用。背景白、蓝、红都可以，建议用白色。在',
          go('basic', '基本信息'),
          '页上传，不符合的当场说明是哪一项、差多少。',
        ),
      ],
    },
    {
      id: 'proof-rules',
      question: '身份证明和证明材料的图片有什么要求？',
      keywords: [
        '附件',
        '扫描件',
        '格式',
        '大小',
        '多大',
        'PDF',
        'jpg',
        'png',
        '文件',
        '上传要求',
        '身份证照片',
      ],
      answer: ({ proof }) => [
        say(`${proofRuleOf(proof)}。所有业务的证明材料都是这个要求。`),
        say('不能上传 PDF 和文档，请拍照，或者转成 jpg、png 图片。四角完整、文字清楚，不要修改图片。'),
      ],
    },
    {
      id: 'picture-too-large',
      question: '图片太大或者太小，传不上去怎么办？',
      keywords: ['压缩', '超过', '过大', '变小', '太小', '上传失败', '传不上', '缩小'],
      answer: ({ proof }) => [
        say(
          `选好图片以后，浏览器会把超过 ${sizeWords(proof.maxBytes)} 的证明材料自动压缩到规定以内，再点“上传”。浏览器没有自动处理的：`,
        ),
        list(
          `太大（超过 ${sizeWords(proof.maxBytes)}）：在手机相册里裁掉多余的边，或者把相机的照片尺寸调小后重新拍一张；在电脑上可以用画图工具调小尺寸。`,
          `太小（不超过 ${sizeWords(proof.moreThanBytes ?? 0)}）：多半是截图或缩略图，请用原图，或者靠近重新拍一张。`,
        ),
        say('上传没有成功时，页面上已经保存的内容和其他图片都不会丢。'),
      ],
    },
    {
      id: 'crop-portrait',
      question: '证件照怎么裁剪？',
      keywords: ['裁剪', '剪裁', '剪切', '比例', '证件照处理', '照片处理工具', '生活照', '全身照'],
      answer: ({ portrait }) => [
        say(
          '在',
          go('basic', '基本信息'),
          `页选好照片，比例不是 ${portrait.minWidth ?? 0}×${portrait.minHeight ?? 0}、太大或者不是 jpg 的，页面上会出现裁剪框：拖动照片，让头部和肩部在框内，可以放大；键盘用方向键和加号、减号。直接点“上传”就按框里的样子上传，不需要另外的照片处理工具。`,
        ),
        say(
          `裁剪后不足 ${portrait.minWidth ?? 0}×${portrait.minHeight ?? 0} 像素的不能使用，请换一张更大的原图。没有出现裁剪框的，请先在手机相册里按这个比例裁剪。`,
        ),
      ],
    },
    {
      id: 'how-many-pictures',
      question: '一个地方可以传几张图片？需要拼成一张吗？',
      keywords: ['多页', '拼图', '合并', '几张', '数量', '多张', '拼接'],
      answer: ({ proofFiles }) => [
        say(
          `不需要拼。证明材料每处最多上传 ${proofFiles} 张，多页的分张上传；证件照和身份证明每处一张。居住证可以与身份证明合并为一张图片，也可以单独上传。`,
        ),
      ],
    },
    {
      id: 'who-sees-pictures',
      question: '上传的图片谁能看到？',
      keywords: ['隐私', '安全', '泄露', '加密', '个人信息保护', '同意'],
      answer: () => [
        say(
          '只有您本人、办理您业务的会计管理部门和它的上级部门。图片加密保存，去掉拍摄地点等附带信息，每次查看都有记录。上传前会先请您阅读并同意图片使用说明。',
        ),
      ],
    },
  ],
}
