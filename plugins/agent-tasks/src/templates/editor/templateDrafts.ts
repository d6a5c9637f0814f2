/** What somebody wrote and did not save. */
export interface TemplateDraft {
  text: string;
  /** The revision that it was made from; absent for a template that is new. */
  base?: number;
  /** When it was last changed, in milliseconds since the epoch. */
  at: number;
}

const PREFIX = 'agent-tasks/template-draft/';

/**
 * Drafts in the browser's own storage, so that neither a closed tab nor a crash loses them. They are nobody's business
 * before they are saved, and so go to no server.
 */
export const templateDrafts = {
  /** What was kept; absent where nothing was, or what is there is no draft. */
  read(key: string): TemplateDraft | undefined {
    try {
      const kept = JSON.parse(window.localStorage.getItem(PREFIX + key) ?? '');
      return typeof kept?.text === 'string' && typeof kept.at === 'number'
        ? kept
        : undefined;
    } catch {
      return undefined;
    }
  },

  /** Whether it is kept: a browser may allow no storage, or have no room. */
  keep(key: string, draft: TemplateDraft): boolean {
    try {
      window.localStorage.setItem(PREFIX + key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  },

  remove(key: string): void {
    try {
      window.localStorage.removeItem(PREFIX + key);
    } catch {
      // Where nothing can be removed nothing was kept.
    }
  },
};
