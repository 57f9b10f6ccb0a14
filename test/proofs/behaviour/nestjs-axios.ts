import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@nestjs/axios',
  versions: [{ package: '@nestjs/axios' }],
  clients: {
    HttpService: {
      start: async ({ lib, load, target, config, options, method }) => {
        await load('reflect-metadata');
        const [{ firstValueFrom }, { default: axios }] = [await load('rxjs'), await load('axios')];
        const module = lib.HttpModule.register(config);
        const given = module.providers.find((one: { useValue?: unknown }) => one.useValue)?.useValue;
        const service = new lib.HttpService(given ?? axios.create(config));
        return firstValueFrom(service.request({ url: target.url, method, ...options }));
      },
    },
  },
  same: { HttpModule: 'HttpService' },
  sourceOnly: { AxiosInstance: 'shown with axios itself' },
});
