import { describe } from 'vitest';
import { serverEngines } from '../engines/engines.ts';
import { conformanceSuite } from './suite.ts';

describe.each(serverEngines)('$name', (engine) => conformanceSuite(engine));
