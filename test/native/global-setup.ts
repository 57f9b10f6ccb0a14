/** Installs the native type checker and a parser that finds it. */
import { installLocked } from '../../scripts/accuracy/install.js';

export default (): Promise<void> => installLocked(import.meta.dirname);
