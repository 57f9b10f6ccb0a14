/** Records, in the file that LOADED_MODULES names, the address of every module that the process resolves by `import`. */
import { register } from 'node:module';

register('./recorder.mjs', import.meta.url, { data: process.env.LOADED_MODULES });
