import { runCli } from './runCli';

runCli();
