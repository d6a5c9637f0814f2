const KEY = 'agent-tasks.persona';

/** Remembers who was chosen for as long as the browser's tab lives, so that two tabs can be two people. */
export const personaSession = {
  get(): string | undefined {
    return window.sessionStorage.getItem(KEY) ?? undefined;
  },
  set(user: string): void {
    window.sessionStorage.setItem(KEY, user);
  },
  clear(): void {
    window.sessionStorage.removeItem(KEY);
  },
};
