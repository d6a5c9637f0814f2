import { Router } from 'express';
import { SimulatorContext } from '../SimulatorContext';

/** Serves the web pages, to which `html_url` points. */
export function createPagesRouter(_context: SimulatorContext): Router {
  return Router();
}
