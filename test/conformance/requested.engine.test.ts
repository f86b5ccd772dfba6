import { describe } from 'vitest';
import { useRequestedEngine } from '../engines/requested/use-requested.ts';
import { conformanceSuite } from './suite.ts';

const { name, engine } = useRequestedEngine();

describe(name, () => conformanceSuite(engine));
