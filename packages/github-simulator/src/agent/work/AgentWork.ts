import { SeededRandom } from '../../random/SeededRandom';

/** What the agent does in a repository. */
export interface AgentWork {
  /** Such as `bump-dependency`. */
  kind: string;
  /** Of the pull request. */
  title: string;
  /** What was done, in Markdown. */
  summary: string;
  commits: {
    message: string;
    /** Path to content; `undefined` removes the file. */
    files: Record<string, string | undefined>;
  }[];
  /** Names of CI checks that it breaks; `*` breaks all. */
  breaksChecks: string[];
}

/** What a kind of work starts from. */
export interface WorkRequest {
  prompt: string;
  /** The task's name. */
  name: string;
  /** The files of the branch, path to content. */
  files: Record<string, string>;
  random: SeededRandom;
}

/** One kind of work: `undefined` when the repository has nothing to do it on. */
export type WorkPlanner = (request: WorkRequest) => AgentWork | undefined;
