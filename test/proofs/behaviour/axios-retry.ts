import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'axios-retry',
  versions: [{ package: 'axios-retry' }],
  policies: {
    axiosRetry: {
      run: async ({ lib, load, operation, options }) => {
        const { default: axios, AxiosError } = await load('axios');
        const instance = axios.create({
          adapter: async (config: object) => {
            await operation().catch(() => {
              throw new AxiosError('down', 'ECONNRESET', config);
            });
            return { status: 200, data: '', headers: {}, config };
          },
        });
        (lib.default.default ?? lib.default)(instance, options);
        return instance.post('http://127.0.0.1/');
      },
    },
  },
});
