import { proofRuleOf } from '../picture-rules.ts'
import { go, type HelpTopic, list, say, see } from './define.ts'

export const identity: HelpTopic = {
  id: 'identity',
  title: '实名认证',
  lead: '信息采集之前，先确认是您本人。',
  questions: [
    {
      id: 'no-alipay',
      question: '没有支付宝，怎么实名认证？',
      keywords: ['线上实名认证', '人工认证', '手持证件', '港澳台认证', '护照认证', '支付宝'],
      answer: ({ proof }) => [
        say(
          '用',
          go('identityPictures', '线上实名认证'),
          '：上传证件人像面、证件非人像面、手持证件人像面，选择所在省市，由所在城市的会计管理部门审核。在手机浏览器上就可以拍照上传。',
        ),
        say(`三张图片都要求 ${proofRuleOf(proof)}。`),
        say('支付宝实名认证只适用于内地居民身份证；使用其他证件的，请用线上实名认证。'),
      ],
    },
    {
      id: 'identity-failed',
      question: '实名认证没有通过，怎么办？',
      keywords: ['认证失败', '不予通过', '认证退回', '不匹配', '模糊', '重新认证'],
      answer: () => [
        list(
          [
            '支付宝认证没有通过：确认用的是本人的支付宝账户，再试一次，或者改用',
            go('identityPictures', '线上实名认证'),
            '。',
          ],
          [
            '线上实名认证没有通过：在',
            go('identity', '实名认证'),
            '查看原因，按要求修改后重新提交。最常见的是四角不完整、文字不清楚、有反光，或者手持照片里脸和证件没有同时看清。',
          ],
          [
            '注册的姓名、证件号码与证件不一致：请看',
            see('wrong-name-or-number', '姓名或证件号码填错了怎么办'),
            '。',
          ],
        ),
      ],
    },
    {
      id: 'identity-pictures-kept',
      question: '线上实名认证的照片会保留多久？谁能看到？',
      keywords: ['人脸', '隐私', '照片安全', '泄露', '保存期限', '删除照片'],
      answer: ({ identityPictureDays }) => [
        say(
          `三张图片只用于核对您本人的身份，加密保存，只有您本人、办理您业务的会计管理部门和它的上级部门可以查看，每次查看都有记录；办结 ${identityPictureDays} 日后删除。`,
        ),
        say('上传前会先征得您的同意。您可以不同意，改用支付宝实名认证。'),
      ],
    },
  ],
}
