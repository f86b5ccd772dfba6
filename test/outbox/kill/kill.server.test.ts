import { describe } from 'vitest';
import { serverEngines } from '../../engines/engines.ts';
import { killSuite } from './kill-suite.ts';

describe.each(serverEngines)('$name', (engine) => killSuite(engine, 12));
