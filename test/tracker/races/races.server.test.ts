import { describe } from 'vitest';
import { serverEngines } from '../../engines/engines.ts';
import { raceSuite } from './race-suite.ts';

describe.each(serverEngines)('$name', (engine) => raceSuite(engine));
