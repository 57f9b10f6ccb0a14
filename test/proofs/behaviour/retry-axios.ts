import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'retry-axios',
  versions: [{ package: 'retry-axios' }],
  policies: {
    attach: {
      run: async ({ lib, load, operation, options }) => {
        const { default: axios, AxiosError } = await load('axios');
        const instance = axios.create({
          ...options,
          adapter: async (config: object) => {
            await operation().catch(() => {
              throw new AxiosError(
                'down',
                'ERR_BAD_RESPONSE',
                config,
                {},
                { status: 503, headers: {}, config, data: '' },
              );
            });
            return { status: 200, data: '', headers: {}, config };
          },
        });
        lib.attach(instance);
        return instance.get('http://127.0.0.1/');
      },
    },
  },
});
