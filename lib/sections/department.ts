import { issue } from '#lib/domain/result.ts'
import { choice, departmentChoice, formSection, region, valueOf } from './define.ts'
import { situations } from './options.ts'

/** 会计管理部门 (DEP-1, DEP-2): who will decide everything later, and the situation that says which department that is. */
export const department = formSection('department', {
  fields: {
    situation: choice('situation', situations),
    household: region({ asked: ({ person }) => person.idType === 'mainland_id' }),
    departmentId: departmentChoice(),
  },
  rowRules: [
    {
      code: 'department-incomplete',
      reads: ['departmentId'],
      check: (row, { department }) =>
        valueOf(row, 'departmentId') !== '' && !department?.selectable
          ? [issue('departmentId', 'department-incomplete')]
          : [],
      fault: { departmentId: '440000' },
    },
  ],
})
