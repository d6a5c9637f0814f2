/**
 * GitHub, as far as Agent Tasks uses it: a server for demos, tests and failure drills.
 *
 * @packageDocumentation
 */
export { GithubSimulator } from './GithubSimulator';
export type { GithubSimulatorOptions } from './GithubSimulator';
export type { SimulatorContext } from './SimulatorContext';
export type * from './seed';
export * from './state';
export { GitHubError } from './errors';
export type { GitHubErrorDetail } from './errors';
export { isoTime, SimulatorClock } from './clock/SimulatorClock';
export type { CancelScheduled } from './clock/SimulatorClock';
export { SeededRandom } from './random/SeededRandom';
export { Agent } from './agent/Agent';
export type { StartAgentTask } from './agent/Agent';
export { DEFAULT_AGENT_OPTIONS } from './agent/AgentOptions';
export type { AgentOptions } from './agent/AgentOptions';
export { Authenticator, forbidden } from './auth/Authenticator';
export type { PermissionLevel } from './auth/Authenticator';
export { fingerprint } from './auth/fingerprint';
export type { Access, Principal } from './auth/Principal';
export { ContractRecord } from './contract/ContractRecord';
export type { ContractViolation } from './contract/ContractRecord';
export { Counters } from './counters/Counters';
export type { CounterValues } from './counters/Counters';
export { FaultInjector } from './faults/FaultInjector';
export type {
  Fault,
  FaultHandle,
  FaultRule,
  RequestFault,
  TaskFault,
  WebhookFault,
} from './faults/FaultInjector';
export { GITHUB_RATE_LIMITS, RateLimiter } from './limits/RateLimiter';
export type { RateLimitResource, RateLimits } from './limits/RateLimiter';
export { SUPPORTED_API_VERSIONS } from './rest/RestService';
export { pageUrls, repositoryApiUrl } from './urls';
export type { WebhookSender } from './webhooks';
export * from './organization';
export { ensureAppKey } from './appKey';
export { runCli } from './runCli';
export { loadSnapshot, saveSnapshot, SnapshotWriter } from './snapshot';
