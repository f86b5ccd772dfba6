import type { Step } from './tree.ts';

/** Texts in scripts whose characters are wide, joined or written from the right. */
export const wide: Step = {
  title: '認証を実装する 🔐',
  status: 'in_progress',
  steps: [
    {
      title: 'スキーマを設計する',
      status: 'completed',
      minutes: 1,
      outcome: 'テーブルを三つ作った',
      context: { files_created: ['docs/認証.md'] },
    },
    { title: '코드를 생성하다', status: 'in_progress', assignedAgent: '코딩 에이전트' },
    { title: 'Cafe\u0301 👩‍🚀 🇨🇭 prüfen', status: 'blocked', blockedReason: 'немає доступу 🔑' },
    { title: 'نشر النظام' },
  ],
};
